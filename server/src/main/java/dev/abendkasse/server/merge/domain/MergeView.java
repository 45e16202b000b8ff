package dev.abendkasse.server.merge.domain;

import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a merge would do, or has done. The names of the components are those that the database writes. */
public sealed interface MergeView {

    /** @param digest of all that it was computed from */
    record Preview(Side survivor, Side loser, Moves moves, After after, List<Conflict> conflicts, String digest)
            implements MergeView {

        public Preview {
            conflicts = List.copyOf(conflicts);
        }
    }

    record Done(UUID survivorId, UUID loserId, Moves moves, After after) implements MergeView {}

    /** One of the two accounts. */
    record Side(
            UUID customerId,
            String name,
            @Nullable String email,
            @Nullable String phone,
            Price limit,
            Price exposure,
            boolean blocked,
            Newsletter newsletter,
            long orders,
            Instant createdAt) {}

    /** What goes from one to the other. */
    record Moves(long orders, long openOrders, long cases, long carts, List<String> addresses, List<String> userNames) {

        public Moves {
            addresses = List.copyOf(addresses);
            userNames = List.copyOf(userNames);
        }
    }

    /** What holds for the one who stays. */
    record After(Price limit, Price exposure, boolean blocked, Newsletter newsletter) {}

    /** What somebody has said about it. */
    enum Newsletter {
        NONE,
        REQUESTED,
        SUBSCRIBED,
        WITHDRAWN
    }

    /** What stands in the way. */
    enum Conflict {
        ENDED,
        LOCKED,
        TWO_LIMIT_REQUESTS,
        BOOKS_DIFFER
    }
}
