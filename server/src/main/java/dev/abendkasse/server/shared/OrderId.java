package dev.abendkasse.server.shared;

import java.util.UUID;

/** An order. */
public record OrderId(UUID value) {}
