package dev.abendkasse.sdk;

import dev.abendkasse.sdk.model.CheckoutConfirmed;
import dev.abendkasse.sdk.model.CheckoutOutcome;
import dev.abendkasse.sdk.model.CheckoutPaymentRequired;
import dev.abendkasse.sdk.model.CheckoutRedirect;
import dev.abendkasse.sdk.model.CheckoutReserved;
import dev.abendkasse.sdk.model.CheckoutUnderReview;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.Payment;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;

/**
 * What became of a cart, as a closed set of cases: {@code switch} over it from Java 21 on, {@link #fold} it before. Its
 * text forms leave the secret of the order out, so that they may be logged.
 */
public sealed interface Outcome {

    /** The seats are sold. */
    record Confirmed(Order order, String orderToken) implements Outcome {
        @Override
        public String toString() {
            return "Confirmed[order=" + order.getOrderId() + "]";
        }
    }

    /** The order waits for the payment; send the buyer to its {@code url}, or show a form for its client secret. */
    record PaymentRequired(UUID orderId, String orderToken, Payment payment) implements Outcome {
        @Override
        public String toString() {
            return "PaymentRequired[order=" + orderId + "]";
        }
    }

    /** The seats are reserved until {@code payUntil}. */
    record Reserved(Order order, String orderToken, OffsetDateTime payUntil) implements Outcome {
        @Override
        public String toString() {
            return "Reserved[order=" + order.getOrderId() + ", payUntil=" + payUntil + "]";
        }
    }

    /** The seats stay held while the box office looks at the order; show the buyer number and message. */
    record UnderReview(String caseNumber, UUID orderId, String orderToken, String message) implements Outcome {
        @Override
        public String toString() {
            return "UnderReview[order=" + orderId + ", case=" + caseNumber + "]";
        }
    }

    /** The cart could not be turned into an order; send the buyer to {@code location}. */
    record Redirect(URI location) implements Outcome {}

    static Outcome of(CheckoutOutcome outcome) {
        var actual = outcome.getActualInstance();
        if (actual instanceof CheckoutConfirmed confirmed) {
            return new Confirmed(confirmed.getOrder(), confirmed.getOrderToken());
        }
        if (actual instanceof CheckoutPaymentRequired required) {
            return new PaymentRequired(required.getOrderId(), required.getOrderToken(), required.getPayment());
        }
        if (actual instanceof CheckoutReserved reserved) {
            return new Reserved(reserved.getOrder(), reserved.getOrderToken(), reserved.getPayUntil());
        }
        if (actual instanceof CheckoutUnderReview review) {
            return new UnderReview(
                    review.getCaseNumber(), review.getOrderId(), review.getOrderToken(), review.getMessage());
        }
        if (actual instanceof CheckoutRedirect redirect) {
            return new Redirect(redirect.getLocation());
        }
        throw new IllegalArgumentException("An outcome that this SDK does not know: " + actual);
    }

    /** Answers every case; a case that is added one day does not compile until it is answered too. */
    default <T> T fold(
            Function<? super Confirmed, ? extends T> confirmed,
            Function<? super PaymentRequired, ? extends T> paymentRequired,
            Function<? super Reserved, ? extends T> reserved,
            Function<? super UnderReview, ? extends T> underReview,
            Function<? super Redirect, ? extends T> redirect) {
        if (this instanceof Confirmed outcome) {
            return confirmed.apply(outcome);
        }
        if (this instanceof PaymentRequired outcome) {
            return paymentRequired.apply(outcome);
        }
        if (this instanceof Reserved outcome) {
            return reserved.apply(outcome);
        }
        if (this instanceof UnderReview outcome) {
            return underReview.apply(outcome);
        }
        return redirect.apply((Redirect) this);
    }
}
