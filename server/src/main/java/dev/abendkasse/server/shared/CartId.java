package dev.abendkasse.server.shared;

import java.util.UUID;

/** A cart. */
public record CartId(UUID value) {}
