package dev.abendkasse.server.paymentlink;

import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A payment that somebody wants to make by a link.
 *
 * @param tokenHash hex of the hash of the link's secret
 * @param confirmed the amount that a person has seen and said yes to
 */
public record LinkPayment(
        String tokenHash,
        Item.Price confirmed,
        PurchaseMethod method,
        @Nullable URI returnUrl,
        Idempotency repeat) {}
