package dev.abendkasse.server.access;

import dev.abendkasse.server.shared.Idempotency;

/** A program that gets a new secret, how long the old one works besides, and by whom. */
public record SecretRotation(String clientId, int oldSecretSeconds, String by, Idempotency repeat) {}
