package dev.abendkasse.server.webhooks;

import java.time.Instant;

/**
 * A new secret of an endpoint.
 *
 * @param oldUntil until when the one before is good as well
 */
public record RotatedSecret(String secret, Instant oldUntil) {}
