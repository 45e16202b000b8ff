package dev.abendkasse.server.payment.stripe;

import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.RefundReceipt;
import java.util.Optional;

/** What Stripe's events and states mean here. Empty where they mean nothing. */
final class StripeStates {

    private StripeStates() {}

    /** @param about what kind of object the event is about */
    static Optional<PaymentFact.Kind> kind(String event, String about, String status) {
        return switch (about) {
            case "payment_intent" -> payment(event);
            case "refund" -> refunded(status);
            case "dispute" -> dispute(status);
            default -> Optional.empty();
        };
    }

    /**
     * How a payment intent stands; empty while its buyer can still pay it and has not tried.
     *
     * @param tried whether a try of the buyer's came to nothing
     */
    static Optional<PaymentFact.Kind> standing(String status, boolean tried) {
        return switch (status) {
            case "processing" -> Optional.of(PaymentFact.Kind.PROCESSING);
            case "succeeded" -> Optional.of(PaymentFact.Kind.SUCCEEDED);
            case "canceled" -> Optional.of(PaymentFact.Kind.CANCELLED);
            case "requires_payment_method" -> tried ? Optional.of(PaymentFact.Kind.DECLINED) : Optional.empty();
            default -> Optional.empty();
        };
    }

    static RefundReceipt.State refund(String status) {
        return switch (status) {
            case "succeeded" -> RefundReceipt.State.SUCCEEDED;
            case "failed", "canceled" -> RefundReceipt.State.FAILED;
            default -> RefundReceipt.State.PENDING;
        };
    }

    /** A payment that failed goes back to requires_payment_method, so that its buyer can try again: it has not ended. */
    private static Optional<PaymentFact.Kind> payment(String event) {
        return switch (event) {
            case "payment_intent.processing" -> Optional.of(PaymentFact.Kind.PROCESSING);
            case "payment_intent.succeeded" -> Optional.of(PaymentFact.Kind.SUCCEEDED);
            case "payment_intent.payment_failed" -> Optional.of(PaymentFact.Kind.DECLINED);
            case "payment_intent.canceled" -> Optional.of(PaymentFact.Kind.CANCELLED);
            default -> Optional.empty();
        };
    }

    private static Optional<PaymentFact.Kind> refunded(String status) {
        return switch (refund(status)) {
            case SUCCEEDED -> Optional.of(PaymentFact.Kind.REFUND_SUCCEEDED);
            case FAILED -> Optional.of(PaymentFact.Kind.REFUND_FAILED);
            case PENDING -> Optional.empty();
        };
    }

    /** The bank's mere question (warning_…) moves no money; if it becomes a dispute, further events say so. */
    private static Optional<PaymentFact.Kind> dispute(String status) {
        return switch (status) {
            case "needs_response", "under_review" -> Optional.of(PaymentFact.Kind.DISPUTED);
            case "won" -> Optional.of(PaymentFact.Kind.DISPUTE_WON);
            case "lost" -> Optional.of(PaymentFact.Kind.DISPUTE_LOST);
            default -> Optional.empty();
        };
    }
}
