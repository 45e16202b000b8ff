package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import org.jspecify.annotations.Nullable;

/**
 * A buyer's wish to complete a purchase.
 *
 * @param version the version of the cart that is bought, no other
 * @param language what the buyer is written in, {@code de} or {@code en}
 */
public record CheckoutCommand(
        CartId cart,
        String cartToken,
        long version,
        @Nullable CustomerId customer,
        CheckoutRequest request,
        String language,
        Idempotency repeat) {}
