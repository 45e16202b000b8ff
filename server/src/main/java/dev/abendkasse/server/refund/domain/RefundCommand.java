package dev.abendkasse.server.refund.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be done about giving tickets and money back. The names of the components are those that the database reads. */
public sealed interface RefundCommand {

    /** What the buyer can give back. Changes nothing. */
    record Terms(
            UUID orderId,
            @Nullable String tokenHash,
            @Nullable UUID customerId) implements RefundCommand {}

    /**
     * The buyer gives tickets back.
     *
     * @param itemIds null: all
     * @param cause names this wish, so that it is refunded once
     */
    record Return(
            UUID orderId,
            @Nullable String tokenHash,
            @Nullable UUID customerId,
            @Nullable Set<UUID> itemIds,
            String cause,
            Idempotency repeat)
            implements RefundCommand {}

    /**
     * Staff give back tickets, or only money.
     *
     * @param itemIds null: all, unless there is an amount
     * @param amount in minor units; then the tickets stay
     * @param fee what is kept, in minor units
     * @param currency of amount and fee
     * @param by who
     */
    record ByStaff(
            UUID orderId,
            @Nullable Set<UUID> itemIds,
            @Nullable Long amount,
            @Nullable Long fee,
            @Nullable String currency,
            String reason,
            String note,
            String by,
            String cause,
            Idempotency repeat)
            implements RefundCommand {}

    /** Somebody has handed the money over. */
    record Confirm(UUID refundId, String note, String by) implements RefundCommand {}
}
