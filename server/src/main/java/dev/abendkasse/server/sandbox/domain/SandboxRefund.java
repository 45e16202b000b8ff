package dev.abendkasse.server.sandbox.domain;

import java.util.UUID;

/**
 * Money that the shop gave back.
 *
 * @param answer what the shop was told when it asked
 * @param state what has become of it since
 */
public record SandboxRefund(UUID refundId, UUID paymentId, long amount, State answer, State state) {

    /** How far a refund is. */
    public enum State {
        PENDING,
        SUCCEEDED,
        FAILED
    }

    /** The sandbox's own name for it. */
    public String reference() {
        return "sbr-" + refundId;
    }
}
