package dev.abendkasse.server.shared;

import java.util.UUID;

/** A customer's account. */
public record CustomerId(UUID value) {}
