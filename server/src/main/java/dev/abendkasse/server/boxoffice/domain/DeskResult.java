package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of something that a clerk did. */
public sealed interface DeskResult<T> {

    record Done<T>(T result) implements DeskResult<T> {}

    record Refused<T>(Refusal why) implements DeskResult<T> {}

    /**
     * Nothing was changed. The names of the components are those that the database writes.
     *
     * @param seatIds the seats in the way
     * @param index which of the seats asked for is unknown
     * @param cart what the purchase is now
     * @param order what the purchase is now
     * @param clerk who has it
     * @param cartId what can be brought back instead
     * @param orderId what has become of it
     * @param retryAfter after how many seconds it may be possible
     */
    record Refusal(
            ProblemType refused,
            @Nullable List<String> seatIds,
            @Nullable Integer index,
            @Nullable CartView cart,
            @Nullable DeskOrder order,
            @Nullable String clerk,
            @Nullable UUID cartId,
            @Nullable UUID orderId,
            @Nullable Long retryAfter) {}
}
