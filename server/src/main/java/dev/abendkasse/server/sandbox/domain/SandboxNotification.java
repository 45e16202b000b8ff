package dev.abendkasse.server.sandbox.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something the shop is to be told.
 *
 * @param subject the refund or dispute that it is about; null when it is about the payment
 * @param amount of the payment, the refund or the dispute
 */
public record SandboxNotification(
        String eventId,
        String type,
        Instant occurredAt,
        SandboxPayment payment,
        @Nullable String subject,
        long amount) {}
