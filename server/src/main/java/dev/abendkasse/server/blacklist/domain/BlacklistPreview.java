package dev.abendkasse.server.blacklist.domain;

import dev.abendkasse.server.shared.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is open of a person.
 *
 * @param entries that stand in this person's way already
 * @param ended what a block would end at once
 * @param orders what is open besides
 */
public record BlacklistPreview(List<BlacklistEntry> entries, BlacklistEntry.Ended ended, List<OpenOrder> orders) {

    /**
     * An open order.
     *
     * @param toDecide whether a block has to say what becomes of it
     */
    public record OpenOrder(
            UUID orderId,
            String orderNumber,
            String state,
            Money total,
            @Nullable Instant heldUntil,
            boolean toDecide) {}
}
