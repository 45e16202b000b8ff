package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to pay an order.
 *
 * @param url the payment page, once the provider has opened it
 * @param expiresAt until when the buyer can pay; the seats are held longer
 */
public record Payment(
        PaymentId id,
        OrderId order,
        String method,
        Money amount,
        PaymentState state,
        @Nullable String url,
        @Nullable String clientSecret,
        Instant expiresAt) {}
