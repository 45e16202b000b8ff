package dev.abendkasse.server.order;

import dev.abendkasse.server.order.domain.OwnOrder;
import dev.abendkasse.server.order.domain.OwnOrderQuery;
import dev.abendkasse.server.order.store.OwnOrderStore;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What customers have bought. */
@Service
public class OwnOrders {

    private final OwnOrderStore orders;

    OwnOrders(OwnOrderStore orders) {
        this.orders = orders;
    }

    /**
     * The newest first.
     *
     * @param state only orders that the outside sees in it
     */
    public Mono<Page<OwnOrder>> list(
            CustomerId customer, OrderView.@Nullable State state, @Nullable TimeCursor<UUID> after, int limit) {
        var query = new OwnOrderQuery(
                customer.value(),
                state,
                after == null ? null : after.at(),
                after == null ? null : after.id(),
                limit + 1);
        return orders.find(query).map(found -> Page.of(found, limit, OwnOrders::cursor));
    }

    private static String cursor(OwnOrder last) {
        return new TimeCursor<>(last.createdAt(), last.orderId()).text();
    }
}
