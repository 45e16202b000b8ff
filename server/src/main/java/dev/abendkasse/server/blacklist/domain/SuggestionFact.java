package dev.abendkasse.server.blacklist.domain;

import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something that counts against a person.
 *
 * @param performances the first that the order was for
 */
public record SuggestionFact(
        UUID factId,
        FactKind kind,
        Instant at,
        UUID orderId,
        String orderNumber,
        Price amount,
        List<Performance> performances) {

    public record Performance(UUID performanceId, String title, String hall, Instant startsAt) {}
}
