package dev.abendkasse.server.ticket.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket with all that is printed on it.
 *
 * @param startsAt as planned now
 * @param admittedAt when its bearer was let in
 */
public record Ticket(
        UUID ticketId,
        UUID itemId,
        String orderNumber,
        UUID performanceId,
        String title,
        String hall,
        Instant startsAt,
        String timeZone,
        Item.@Nullable SeatLabel seat,
        String category,
        String categoryName,
        String priceType,
        String priceTypeName,
        Item.Price price,
        State state,
        @Nullable Instant admittedAt) {

    public enum State {
        VALID,
        ADMITTED,
        REVOKED
    }

    /** Whether it lets, or has let, somebody in. */
    public boolean counts() {
        return state != State.REVOKED;
    }
}
