package dev.abendkasse.server.order.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the provider says has become of a refund.
 *
 * @param refundId as the provider gave it back: it need not be one of ours
 * @param reference the provider's name for it
 * @param state PENDING, SUCCEEDED or FAILED
 * @param caseNumber for the case that is opened if people must look at it
 */
public record RefundSettlement(String refundId, @Nullable String reference, String state, String caseNumber) {}
