package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.OpenRefund;
import java.util.UUID;

/** What the provider is sent to give money back. */
record RefundRequest(UUID refundId, String reference, long amount, String currency) {

    static RefundRequest of(OpenRefund refund) {
        return new RefundRequest(
                refund.refund(),
                refund.reference(),
                refund.amount().amount(),
                refund.amount().currency().getCurrencyCode());
    }
}
