package dev.abendkasse.server.relaunch.domain;

import java.util.UUID;

/** A weak hash of the former shop, encrypted. */
public record SealedHash(UUID customerId, byte[] sealed) {}
