package dev.abendkasse.server.payment;

/**
 * The provider's answer to a refund.
 *
 * @param reference the provider's name for it
 * @param state how far it is; PENDING ends with a fact
 */
public record RefundReceipt(String reference, State state) {

    /** How far the provider has come with it. */
    public enum State {
        PENDING,
        SUCCEEDED,
        FAILED
    }
}
