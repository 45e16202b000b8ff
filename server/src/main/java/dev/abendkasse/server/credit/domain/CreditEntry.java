package dev.abendkasse.server.credit.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A movement of what a customer owes. The names of the components are those that the database writes.
 *
 * @param delta how much more is owed, in minor units; below zero, how much less
 */
public record CreditEntry(long entryId, UUID orderId, String orderNumber, long delta, Cause cause, Instant at) {

    /** Those that the database lets in. */
    public enum Cause {
        INVOICE,
        RESERVATION,
        LINK,
        APPROVED,
        INCREASE,
        CHANGED,
        PAID,
        CANCELLED,
        EXPIRED,
        RETURNED,
        HANDED_BACK,
        UNDER_REVIEW,
        BLOCKED
    }
}
