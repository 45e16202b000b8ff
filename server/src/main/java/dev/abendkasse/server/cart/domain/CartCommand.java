package dev.abendkasse.server.cart.domain;

import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Selection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a buyer can do with a cart. The names of the components are those that the database's functions read. */
public sealed interface CartCommand {

    /**
     * @param matchKey hex of the buyer's key, if there is a buyer
     * @param repeat null when the caller sent no Idempotency-Key
     */
    record Create(
            UUID cartId,
            String tokenHash,
            String pickupCode,
            String shopId,
            @Nullable UUID customerId,
            @Nullable Selection selection,
            @Nullable Buyer buyer,
            @Nullable String matchKey,
            @Nullable Idempotency repeat)
            implements CartCommand {}

    record AddItems(
            UUID cartId,
            String tokenHash,
            @Nullable Long version,
            Selection selection,
            @Nullable Idempotency repeat) implements CartCommand {}

    record ChangeItem(
            UUID cartId, String tokenHash, @Nullable Long version, UUID itemId, String priceType)
            implements CartCommand {}

    record RemoveItem(
            UUID cartId, String tokenHash, @Nullable Long version, UUID itemId) implements CartCommand {}

    record SetBuyer(UUID cartId, String tokenHash, @Nullable Long version, Buyer buyer, String matchKey)
            implements CartCommand {}

    record Abandon(UUID cartId, String tokenHash, @Nullable Long version) implements CartCommand {}
}
