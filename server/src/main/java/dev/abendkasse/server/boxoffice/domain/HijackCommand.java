package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What clerks do to take a purchase over. The names of the components are those that the database's functions read. */
public sealed interface HijackCommand {

    /** Changes nothing. */
    record Find(UUID hijackId, Actor actor) implements HijackCommand {}

    /** Names a cart or an order. Changes nothing. */
    record FindNotice(@Nullable UUID cartId, @Nullable UUID orderId, Actor actor) {}

    /** Names the purchase in one of three ways. */
    record Create(
            UUID hijackId,
            @Nullable UUID cartId,
            @Nullable UUID orderId,
            @Nullable String pickupCode,
            Actor actor,
            Idempotency repeat)
            implements HijackCommand {}

    record Withdraw(UUID hijackId, Actor actor, Idempotency repeat) implements HijackCommand {}

    /**
     * @param version what the clerk has seen
     * @param orderId what a cart becomes
     * @param orderTokenHash hex of the hash of the secret that the order will have
     */
    record Confirm(
            UUID hijackId,
            long version,
            @Nullable String reason,
            UUID orderId,
            String orderTokenHash,
            String language,
            Actor actor,
            Idempotency repeat)
            implements HijackCommand {}
}
