package dev.abendkasse.server.customer.domain;

import dev.abendkasse.server.customer.domain.AccountCommand.CartRef;
import org.jspecify.annotations.Nullable;

/**
 * That somebody cannot get in.
 *
 * @param kind of the message that is posted
 * @param key under which it is posted once
 * @param login what they typed, as it is looked for
 * @param asked whether they asked for a link, rather than failed to sign in
 */
public record LoginHelp(
        String kind,
        String key,
        String login,
        boolean asked,
        @Nullable CartRef cart) {}
