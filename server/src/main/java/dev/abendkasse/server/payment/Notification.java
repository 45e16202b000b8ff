package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notification of the provider, its signature checked.
 *
 * @param payment by the name that we gave it; null if only the reference tells which it is
 * @param reference the provider's name for the payment, if it said one
 * @param subject the refund or dispute it is about; null for the payment itself
 * @param body what is kept of it as evidence: as it came, but without data of persons
 */
public record Notification(
        String provider,
        String eventId,
        @Nullable PaymentId payment,
        PaymentFact.Kind kind,
        Money amount,
        Instant occurredAt,
        @Nullable String reference,
        @Nullable String subject,
        String body) {}
