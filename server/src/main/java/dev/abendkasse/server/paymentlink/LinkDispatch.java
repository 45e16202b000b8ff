package dev.abendkasse.server.paymentlink;

import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.OrderId;

/**
 * A payment link that somebody in the office asks for.
 *
 * @param by who, as it is written down
 */
public record LinkDispatch(OrderId order, Delivery delivery, String by, Idempotency repeat) {

    /** How it gets to whoever is to pay. */
    public enum Delivery {
        /** Mailed to the buyer. */
        EMAIL,
        /** Shown to who asks for it, to print or read out. */
        PRINT
    }
}
