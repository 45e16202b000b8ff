package dev.abendkasse.server.customer.domain;

import dev.abendkasse.server.shared.CustomerId;

/** What signing in needs to know of an account. */
public record Account(CustomerId id, String passwordHash) {}
