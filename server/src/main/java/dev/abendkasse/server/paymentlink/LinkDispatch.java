package dev.abendkasse.server.paymentlink;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * A payment link that somebody at a box office asks for.
 *
 * @param fence of the lease under which the order is worked on, if it is
 * @param reason why all the same, where one is needed
 */
public record LinkDispatch(
        OrderId order,
        Delivery delivery,
        Actor actor,
        @Nullable Long fence,
        @Nullable String reason,
        Idempotency repeat) {

    /** How it gets to whoever is to pay. */
    public enum Delivery {
        /** Mailed to the buyer. */
        EMAIL,
        /** Shown to who asks for it, to print or read out. */
        PRINT
    }
}
