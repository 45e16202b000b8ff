package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.domain.SandboxRefundOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request to give money back, nothing in it checked yet. */
record RefundBody(
        @Nullable UUID refundId,
        @Nullable String reference,
        @Nullable Long amount,
        @Nullable String currency) {

    /** @param payment the one in the address */
    SandboxRefundOrder toOrder(UUID payment) {
        Fields.require("reference", reference);
        return new SandboxRefundOrder(
                Fields.require("refundId", refundId), payment, Fields.positive(amount), Fields.currency(currency));
    }
}
