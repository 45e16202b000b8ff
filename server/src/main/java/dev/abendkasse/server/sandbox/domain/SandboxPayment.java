package dev.abendkasse.server.sandbox.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the shop asked to be paid. */
public record SandboxPayment(
        UUID paymentId,
        String orderReference,
        long amount,
        String currency,
        String method,
        @Nullable String returnUrl,
        String notificationUrl,
        Instant expiresAt) {

    /** Instants are kept as exactly as PostgreSQL keeps them, so that the same request compares as the same. */
    public SandboxPayment {
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The sandbox's own name for it. */
    public String reference() {
        return "sb-" + paymentId;
    }
}
