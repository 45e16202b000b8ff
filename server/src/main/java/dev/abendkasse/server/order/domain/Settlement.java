package dev.abendkasse.server.order.domain;

import java.util.UUID;

/**
 * What the provider says has become of a payment.
 *
 * @param kind PROCESSING, SUCCEEDED, FAILED or CANCELLED
 * @param amount in minor units
 * @param caseNumber for the case that is opened if the money comes too late
 */
public record Settlement(UUID paymentId, String kind, long amount, String currency, String caseNumber) {}
