package dev.abendkasse.server.webhooks.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be delivered, and where to.
 *
 * @param data JSON, as it was when it happened
 * @param version the endpoint's
 * @param active whether the endpoint gets anything
 * @param failures the endpoint's, in a row
 * @param secret encrypted
 * @param oldSecret the one before, encrypted; null when it is not good any more
 */
public record Outgoing(
        UUID deliveryId,
        String type,
        Instant occurredAt,
        String data,
        UUID endpointId,
        long version,
        String url,
        boolean active,
        int failures,
        byte[] secret,
        byte @Nullable [] oldSecret) {}
