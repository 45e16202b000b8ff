package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Contact;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Selection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What clerks do with orders. The names of the components are those that the database's functions read; a {@code fence} is the
 * one that came with the clerk's lease, a {@code defaultLimit} what customers may owe who have no limit of their own.
 */
public sealed interface DeskCommand {

    /** Changes nothing. */
    record Find(UUID orderId, Actor actor) implements DeskCommand {}

    /** @param orderTokenHash hex of the hash of the secret that the order will have */
    record Create(
            UUID orderId,
            String orderTokenHash,
            String shopId,
            Selection selection,
            @Nullable Contact buyer,
            @Nullable String matchKey,
            @Nullable String note,
            String language,
            Actor actor,
            Idempotency repeat)
            implements DeskCommand {}

    record AddItems(UUID orderId, long fence, Selection selection, long defaultLimit, Actor actor, Idempotency repeat)
            implements DeskCommand {}

    record ChangeItem(
            UUID orderId, long fence, UUID itemId, String priceType, long defaultLimit, Actor actor, Idempotency repeat)
            implements DeskCommand {}

    record RemoveItem(UUID orderId, long fence, UUID itemId, Actor actor, Idempotency repeat) implements DeskCommand {}

    record SetBuyer(
            UUID orderId,
            long fence,
            Contact buyer,
            @Nullable String matchKey,
            Actor actor,
            Idempotency repeat) implements DeskCommand {}

    record SetNote(UUID orderId, long fence, String note, Actor actor, Idempotency repeat) implements DeskCommand {}

    /**
     * @param payUntil null: as long as the shop reserves
     * @param reason why all the same, where one is needed
     */
    record Reserve(
            UUID orderId,
            @Nullable Long fence,
            @Nullable Instant payUntil,
            @Nullable String reason,
            long defaultLimit,
            Actor actor,
            Idempotency repeat)
            implements DeskCommand {}

    /** @param refundReason why money that was booked goes back */
    record Cancel(UUID orderId, long fence, @Nullable String refundReason, Actor actor, Idempotency repeat)
            implements DeskCommand {}

    /**
     * @param caseNumbers to choose a new one from
     * @param seconds how long people may take to decide
     */
    record OpenCase(
            UUID orderId,
            long fence,
            List<String> caseNumbers,
            long seconds,
            @Nullable String note,
            Actor actor,
            Idempotency repeat)
            implements DeskCommand {}

    record RenewLease(UUID orderId, long fence, Actor actor, Idempotency repeat) implements DeskCommand {}

    record TakeOver(UUID orderId, String reason, Actor actor, Idempotency repeat) implements DeskCommand {}

    record RecoverCart(
            UUID cartId,
            UUID orderId,
            String orderTokenHash,
            @Nullable String reason,
            String language,
            Actor actor,
            Idempotency repeat)
            implements DeskCommand {}

    /** @param caseNumber for what an order has brought in that ends only now */
    record RecoverOrder(UUID orderId, @Nullable String reason, String caseNumber, Actor actor, Idempotency repeat)
            implements DeskCommand {}
}
