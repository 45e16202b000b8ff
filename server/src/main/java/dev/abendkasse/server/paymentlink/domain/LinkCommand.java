package dev.abendkasse.server.paymentlink.domain;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be done with payment links. The names of the components are those that the database's functions read. */
public sealed interface LinkCommand {

    /**
     * @param tokenHash hex of the hash of the link's secret
     * @param delivery EMAIL or PRINT
     * @param by who asks for it
     * @param reason why all the same, where one is needed
     * @param defaultLimit what customers may owe who have no limit of their own, in minor units
     */
    record Send(
            UUID orderId,
            UUID linkId,
            String tokenHash,
            String delivery,
            String by,
            Actor actor,
            @Nullable Long fence,
            @Nullable String reason,
            long defaultLimit,
            Idempotency repeat)
            implements LinkCommand {}

    /** @param amount as confirmed */
    record Pay(
            String tokenHash,
            Item.Price amount,
            UUID paymentId,
            PurchaseMethod method,
            @Nullable String returnUrl,
            @Nullable String returnOrigin,
            Idempotency repeat)
            implements LinkCommand {}
}
