package dev.abendkasse.server.payment;

import java.util.EnumSet;
import java.util.Set;

/** Where an attempt to pay stands. */
public enum PaymentState {
    CREATED,
    ACTION_REQUIRED,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Those in which nothing is decided yet; an order has at most one attempt in them. */
    public static final Set<PaymentState> OPEN = Set.of(CREATED, ACTION_REQUIRED, PROCESSING);

    /** Those from which we may still withdraw: the provider has no money in its hands. */
    public static final Set<PaymentState> CANCELLABLE = Set.of(CREATED, ACTION_REQUIRED);

    /** The state that an event of this kind leads to. */
    public static PaymentState after(PaymentFact.Kind kind) {
        return switch (kind) {
            case PROCESSING -> PROCESSING;
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    /**
     * The states in which an event of this kind counts. Nothing ends a success, and money is money: a success counts once
     * even after a failure or a cancellation, because the provider may have been faster than our cancel.
     */
    public static Set<PaymentState> before(PaymentFact.Kind kind) {
        return switch (kind) {
            case PROCESSING -> CANCELLABLE;
            case SUCCEEDED -> EnumSet.complementOf(EnumSet.of(SUCCEEDED));
            case FAILED, CANCELLED -> OPEN;
        };
    }
}
