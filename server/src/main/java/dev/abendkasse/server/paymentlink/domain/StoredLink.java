package dev.abendkasse.server.paymentlink.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.UUID;

/**
 * A link as the database made it, without its secret.
 *
 * @param delivery EMAIL or PRINT
 * @param page where it leads
 */
public record StoredLink(
        UUID linkId, UUID orderId, String delivery, Item.Price amount, Instant expiresAt, String page) {}
