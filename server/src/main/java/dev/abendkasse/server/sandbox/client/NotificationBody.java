package dev.abendkasse.server.sandbox.client;

import dev.abendkasse.server.sandbox.domain.SandboxNotification;
import java.time.Instant;
import java.util.UUID;

/** What a notification says, as the contract wants it. */
record NotificationBody(
        String eventId,
        String type,
        UUID paymentId,
        String reference,
        long amount,
        String currency,
        Instant occurredAt) {

    static NotificationBody of(SandboxNotification notification) {
        var payment = notification.payment();
        return new NotificationBody(
                notification.eventId(),
                notification.type(),
                payment.paymentId(),
                payment.reference(),
                payment.amount(),
                payment.currency(),
                notification.occurredAt());
    }
}
