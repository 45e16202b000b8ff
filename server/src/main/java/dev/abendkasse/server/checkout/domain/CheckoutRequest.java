package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.Origin;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the buyer asks for. */
public record CheckoutRequest(
        @Nullable PurchaseMethod method,
        @Nullable Buyer buyer,
        @Nullable URI returnUrl) {

    /** The origin of the return address, in the form that shops are registered with; empty if it has none. */
    @Nullable
    String returnOrigin() {
        return returnUrl == null ? null : Origin.of(returnUrl.toString()).orElse("");
    }
}
