package dev.abendkasse.server.sandbox.domain;

import java.util.UUID;

/** What the shop asks to be given back. */
public record SandboxRefundOrder(UUID refundId, UUID paymentId, long amount, String currency) {

    /** Whether this is what it asked for under the same id before. */
    public boolean asks(SandboxRefund made) {
        return made.paymentId().equals(paymentId) && made.amount() == amount;
    }
}
