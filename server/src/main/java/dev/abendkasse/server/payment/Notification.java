package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;

/**
 * One notification of the provider, its signature checked.
 *
 * @param body as it came, word by word
 */
public record Notification(
        String provider,
        String eventId,
        PaymentId payment,
        PaymentFact.Kind kind,
        Money amount,
        Instant occurredAt,
        String body) {}
