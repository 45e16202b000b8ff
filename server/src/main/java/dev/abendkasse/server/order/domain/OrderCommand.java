package dev.abendkasse.server.order.domain;

import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be done with an order. The names of the components are those that the database's functions read. */
public sealed interface OrderCommand {

    /** Changes nothing. */
    record Find(
            UUID orderId,
            @Nullable String tokenHash,
            @Nullable UUID customerId) implements OrderCommand {}

    /**
     * @param tokenHash hex of the hash of the secret that was sent, if one was
     * @param customerId who is signed in, if somebody is
     */
    record Cancel(
            UUID orderId,
            @Nullable String tokenHash,
            @Nullable UUID customerId,
            Idempotency repeat) implements OrderCommand {}

    /** Back to a cart, which is known by what is given here. */
    record Release(
            UUID orderId,
            @Nullable String tokenHash,
            @Nullable UUID customerId,
            UUID cartId,
            String cartTokenHash,
            String pickupCode,
            Idempotency repeat)
            implements OrderCommand {}

    /** Another attempt to pay. */
    record StartPayment(
            UUID orderId,
            @Nullable String tokenHash,
            @Nullable UUID customerId,
            UUID paymentId,
            PurchaseMethod method,
            @Nullable String returnUrl,
            @Nullable String returnOrigin,
            Idempotency repeat)
            implements OrderCommand {}
}
