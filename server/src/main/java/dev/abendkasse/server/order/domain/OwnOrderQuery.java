package dev.abendkasse.server.order.domain;

import dev.abendkasse.server.shared.OrderView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which orders a customer wants to see. The names of the components are those that the database reads.
 *
 * @param state only those in it, as the outside sees them
 * @param beforeAt only orders made before, or then and with a smaller id
 * @param limit how many at most
 */
public record OwnOrderQuery(
        UUID customerId,
        OrderView.@Nullable State state,
        @Nullable Instant beforeAt,
        @Nullable UUID beforeId,
        int limit) {}
