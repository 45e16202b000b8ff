package dev.abendkasse.server.customer.domain;

import java.util.Optional;

/**
 * What is found for what somebody typed.
 *
 * @param open whether customers can sign in at all
 */
public record LoginFacts(boolean open, Optional<Account> account) {}
