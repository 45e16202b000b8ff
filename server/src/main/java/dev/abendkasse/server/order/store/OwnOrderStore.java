package dev.abendkasse.server.order.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.order.domain.OwnOrder;
import dev.abendkasse.server.order.domain.OwnOrderQuery;
import java.util.List;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Customers' orders as lists; the function is that of R__7_own_orders.sql. */
@Repository
public class OwnOrderStore {

    private final Functions functions;

    OwnOrderStore(Functions functions) {
        this.functions = functions;
    }

    /** The newest first. */
    public Mono<List<OwnOrder>> find(OwnOrderQuery query) {
        return functions
                .call("own_orders", query)
                .map(answer -> functions.read(answer, Found.class).orders());
    }

    private record Found(List<OwnOrder> orders) {}
}
