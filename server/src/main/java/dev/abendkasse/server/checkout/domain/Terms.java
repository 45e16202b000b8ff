package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a cart becomes an order.
 *
 * @param outcome the word for it in the answer
 * @param heldUntil null: for good
 * @param payUntil what the buyer is told, where it is not the end of the hold
 * @param creditCause why the order counts against the customer's limit, if it does
 * @param newCase the case to open, if people decide
 * @param paymentId the attempt to make, if the provider takes the money
 */
public record Terms(
        String outcome,
        State state,
        PaymentStatus paymentStatus,
        @Nullable Instant heldUntil,
        @Nullable Instant payUntil,
        @Nullable String creditCause,
        @Nullable NewCase newCase,
        @Nullable UUID paymentId,
        @Nullable String returnUrl) {

    /** The hold outlives the end that the buyer sees, so that a payment in the last second still counts. */
    private static final Duration PAYMENT_GRACE = Duration.ofMinutes(2);

    /** @param numbers offered case numbers; the first that is new is taken */
    public record NewCase(String kind, List<String> numbers) {}

    public static Terms confirmed(boolean onAccount) {
        return new Terms(
                "CONFIRMED",
                State.CONFIRMED,
                onAccount ? PaymentStatus.UNPAID : PaymentStatus.PAID,
                null,
                null,
                onAccount ? "INVOICE" : null,
                null,
                null,
                null);
    }

    public static Terms reserved(Instant payUntil, boolean customer) {
        return new Terms(
                "RESERVED",
                State.RESERVED,
                PaymentStatus.UNPAID,
                payUntil,
                payUntil,
                customer ? "RESERVATION" : null,
                null,
                null,
                null);
    }

    /** The same with a hold that outlives what the buyer is told. */
    public Terms heldLonger(Duration grace) {
        return new Terms(
                outcome,
                state,
                paymentStatus,
                heldUntil == null ? null : heldUntil.plus(grace),
                payUntil,
                creditCause,
                newCase,
                paymentId,
                returnUrl);
    }

    public static Terms underReview(Instant deadline, NewCase newCase) {
        return new Terms(
                "UNDER_REVIEW", State.UNDER_REVIEW, PaymentStatus.UNPAID, deadline, null, null, newCase, null, null);
    }

    public static Terms awaitingPayment(Instant payUntil, UUID paymentId, @Nullable String returnUrl) {
        return new Terms(
                "PAYMENT_REQUIRED",
                State.AWAITING_PAYMENT,
                PaymentStatus.UNPAID,
                payUntil.plus(PAYMENT_GRACE),
                null,
                null,
                null,
                paymentId,
                returnUrl);
    }
}
