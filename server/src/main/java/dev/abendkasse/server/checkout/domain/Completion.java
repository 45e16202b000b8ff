package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that turns a cart into an order. The names of the components are those that the database reads. */
public record Completion(
        UUID cartId,
        long version,
        UUID orderId,
        String orderTokenHash,
        @Nullable UUID customerId,
        Buyer buyer,
        String matchKey,
        @Nullable PurchaseMethod paymentMethod,
        long total,
        String currency,
        String language,
        Terms terms,
        Idempotency repeat) {}
