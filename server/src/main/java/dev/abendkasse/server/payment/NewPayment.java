package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt that is about to be made. */
public record NewPayment(
        PaymentId id,
        OrderId order,
        String method,
        Money amount,
        @Nullable String returnUrl,
        Instant expiresAt) {}
