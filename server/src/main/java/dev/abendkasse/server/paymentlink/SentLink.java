package dev.abendkasse.server.paymentlink;

import dev.abendkasse.server.paymentlink.LinkDispatch.Delivery;
import dev.abendkasse.server.shared.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment link that was made.
 *
 * @param expiresAt until when it works; the seats are held a little longer
 * @param url with its secret; null when it goes by mail
 */
public record SentLink(
        UUID linkId,
        UUID orderId,
        Delivery delivery,
        Money amount,
        Instant expiresAt,
        @Nullable String url) {}
