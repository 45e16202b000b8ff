package dev.abendkasse.server.gate.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the people at a gate see of a ticket. */
public record GateTicket(
        UUID ticketId,
        UUID performanceId,
        String title,
        String hall,
        Instant startsAt,
        String timeZone,
        Item.@Nullable SeatLabel seat,
        String categoryName,
        String priceTypeName) {}
