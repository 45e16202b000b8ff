package dev.abendkasse.server.blacklist.domain;

import org.jspecify.annotations.Nullable;

/**
 * Something that a block rests on.
 *
 * @param orderNumber the order that it happened with
 */
public record Evidence(String text, @Nullable String orderNumber) {}
