package dev.abendkasse.server.redirects.domain;

import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.TimeCursor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to complete a purchase that ended at the overview, as it was then.
 *
 * @param customerId who was signed in
 * @param ownerId whose account the cart is on
 * @param email the address given for the purchase; none when none was, or when it has been erased
 * @param blocks of a blocked buyer, the entries that stood in the way then, the newest first
 */
public record RedirectedCheckout(
        UUID redirectId,
        Instant at,
        UUID cartId,
        @Nullable String pickupCode,
        String shopId,
        @Nullable UUID customerId,
        @Nullable UUID ownerId,
        @Nullable String email,
        RedirectReason reason,
        int quantity,
        @Nullable Price total,
        List<Performance> performances,
        List<Block> blocks) {

    /** One that the purchase was for. */
    public record Performance(UUID performanceId, String title, String hall, Instant startsAt) {}

    /** One of the blacklist's entries. */
    public record Block(
            UUID entryId,
            @Nullable String reason,
            @Nullable Instant createdAt,
            @Nullable Instant endsAt,
            @Nullable Instant liftedAt,
            boolean active) {

        /** What is over is no business of clerks; what is in force they are told also when they take a purchase over. */
        Block atTheBoxOffice() {
            return active ? this : new Block(entryId, null, null, null, null, false);
        }
    }

    /** As clerks may see it who do not work in the back office. */
    public RedirectedCheckout atTheBoxOffice() {
        return new RedirectedCheckout(
                redirectId,
                at,
                cartId,
                pickupCode,
                shopId,
                customerId,
                ownerId,
                email,
                reason,
                quantity,
                total,
                performances,
                blocks.stream().map(Block::atTheBoxOffice).toList());
    }

    /** Whether something that stood in the way then is still there. */
    public boolean stillBlocked() {
        return blocks.stream().anyMatch(Block::active);
    }

    public String cursor() {
        return new TimeCursor<>(at, redirectId).text();
    }
}
