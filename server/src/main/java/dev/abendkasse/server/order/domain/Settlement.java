package dev.abendkasse.server.order.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says has become of a payment.
 *
 * @param kind PROCESSING, SUCCEEDED, DECLINED, FAILED, CANCELLED, DISPUTED, DISPUTE_WON or DISPUTE_LOST
 * @param amount in minor units
 * @param reference the provider's name for the payment
 * @param subject the provider's name for the dispute
 * @param caseNumber for the case that is opened if people must look at it
 * @param secondCaseNumber for another one, if money goes back because of a dispute
 */
public record Settlement(
        UUID paymentId,
        String kind,
        long amount,
        String currency,
        @Nullable String reference,
        @Nullable String subject,
        String caseNumber,
        String secondCaseNumber) {}
