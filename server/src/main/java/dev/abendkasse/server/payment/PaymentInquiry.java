package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Asks the provider what has become of a payment whose notification should have come, and takes the answer in as if it were
 * one: a notification that got lost is no lost money.
 */
@Component
class PaymentInquiry {

    private static final String EVIDENCE = """
            {"asked": "%s", "reference": "%s", "amount": %d, "currency": "%s"}
            """;

    private final PaymentProvider provider;
    private final NotificationService notifications;
    private final PaymentProperties properties;

    PaymentInquiry(PaymentProvider provider, NotificationService notifications, PaymentProperties properties) {
        this.provider = provider;
        this.notifications = notifications;
        this.properties = properties;
    }

    /** What the provider said and we have acted on; empty if the payment waits for its buyer or is not known there. */
    Mono<PaymentFact.Kind> ask(PaymentId payment, @Nullable String reference) {
        return provider.standing(payment, reference)
                .flatMap(standing ->
                        notifications.receive(told(payment, standing)).thenReturn(standing.kind()));
    }

    private Notification told(PaymentId payment, ProviderStanding standing) {
        var now = Instant.now();
        return new Notification(
                properties.provider(),
                eventId(payment, standing.kind(), now),
                payment,
                standing.kind(),
                standing.amount(),
                now,
                standing.reference(),
                null,
                evidence(standing));
    }

    /** An end is told once. What may come and go again is told as often as it is heard. */
    private static String eventId(PaymentId payment, PaymentFact.Kind kind, Instant now) {
        var once = "asked:" + kind + ":" + payment.value();
        return switch (kind) {
            case PROCESSING, DECLINED -> once + ":" + now.toEpochMilli();
            default -> once;
        };
    }

    private static String evidence(ProviderStanding standing) {
        var amount = standing.amount();
        return EVIDENCE.formatted(
                standing.kind(),
                standing.reference(),
                amount.amount(),
                amount.currency().getCurrencyCode());
    }
}
