package dev.abendkasse.server.checkout.domain;

import java.util.UUID;

/** How things stand when a checkout has its locks. */
public sealed interface CheckoutStart {

    /** A new checkout of a cart that may be checked out. */
    record Ready(CheckoutFacts facts) implements CheckoutStart {}

    /** Refused, or answered before under the same key. */
    record Answered(CheckoutOutcome outcome) implements CheckoutStart {}

    /** Answered before with a payment. */
    record AnsweredWithPayment(UUID paymentId) implements CheckoutStart {}

    /** Cut off before the provider was asked to open the payment. */
    record CutOff(UUID paymentId) implements CheckoutStart {}
}
