package dev.abendkasse.server.gate.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as it is after its latest change.
 *
 * @param number the change's place among all changes
 */
public record TicketChange(
        long number,
        UUID ticketId,
        State state,
        @Nullable RevokedReason revokedReason,
        @Nullable Instant admittedAt,
        @Nullable String gate,
        Item.@Nullable SeatLabel seat,
        String categoryName,
        String priceTypeName) {

    public enum State {
        VALID,
        ADMITTED,
        REVOKED
    }
}
