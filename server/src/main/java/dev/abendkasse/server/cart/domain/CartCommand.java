package dev.abendkasse.server.cart.domain;

import dev.abendkasse.server.shared.Buyer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a buyer can do with a cart. The names of the components are those that the database's functions read. */
public sealed interface CartCommand {

    /**
     * @param key the Idempotency-Key, if any
     * @param requestHash hex of the request's hash; null without a key
     */
    record Create(
            UUID cartId,
            String tokenHash,
            String pickupCode,
            String shopId,
            @Nullable UUID customerId,
            @Nullable Selection selection,
            @Nullable Buyer buyer,
            @Nullable String scope,
            @Nullable UUID key,
            @Nullable String requestHash)
            implements CartCommand {}

    record AddItems(
            UUID cartId,
            String tokenHash,
            @Nullable Long version,
            Selection selection,
            @Nullable String scope,
            @Nullable UUID key,
            @Nullable String requestHash)
            implements CartCommand {}

    record ChangeItem(UUID cartId, String tokenHash, @Nullable Long version, UUID itemId, String priceType)
            implements CartCommand {}

    record RemoveItem(UUID cartId, String tokenHash, @Nullable Long version, UUID itemId) implements CartCommand {}

    record SetBuyer(UUID cartId, String tokenHash, @Nullable Long version, Buyer buyer) implements CartCommand {}

    record Abandon(UUID cartId, String tokenHash, @Nullable Long version) implements CartCommand {}
}
