package dev.abendkasse.server.order.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says has become of a refund.
 *
 * @param refundId as the provider gave it back: it need not be one of ours
 * @param paymentId whose money it is; null where the refund is known to be ours
 * @param amount in minor units; null likewise
 * @param reference the provider's name for it
 * @param state PENDING, SUCCEEDED or FAILED
 * @param caseNumber for the case that is opened if people must look at it
 */
public record RefundSettlement(
        String refundId,
        @Nullable UUID paymentId,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String reference,
        String state,
        String caseNumber) {

    /** Of a refund that we asked for. */
    public static RefundSettlement ours(UUID refund, @Nullable String reference, String state, String caseNumber) {
        return new RefundSettlement(refund.toString(), null, null, null, reference, state, caseNumber);
    }
}
