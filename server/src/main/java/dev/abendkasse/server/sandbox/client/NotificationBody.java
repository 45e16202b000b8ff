package dev.abendkasse.server.sandbox.client;

import dev.abendkasse.server.sandbox.domain.SandboxNotification;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a notification says, as the contract wants it. */
record NotificationBody(
        String eventId,
        String type,
        UUID paymentId,
        String reference,
        @Nullable String refundId,
        @Nullable String disputeId,
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
                subject("refund.", notification),
                subject("dispute.", notification),
                notification.amount(),
                payment.currency(),
                notification.occurredAt());
    }

    private static @Nullable String subject(String kind, SandboxNotification notification) {
        return notification.type().startsWith(kind) ? notification.subject() : null;
    }
}
