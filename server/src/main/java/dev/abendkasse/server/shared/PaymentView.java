package dev.abendkasse.server.shared;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt to pay an order, as its buyer sees it. */
public record PaymentView(
        UUID paymentId,
        UUID orderId,
        State state,
        PurchaseMethod method,
        Item.Price amount,
        @Nullable String url,
        @Nullable String clientSecret,
        @Nullable String returnUrl,
        Instant expiresAt) {

    /** The same attempt in another state. */
    public PaymentView in(State other) {
        return new PaymentView(paymentId, orderId, other, method, amount, url, clientSecret, returnUrl, expiresAt);
    }

    public enum State {
        CREATED,
        ACTION_REQUIRED,
        PROCESSING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
