package dev.abendkasse.server.purchases.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.purchases.domain.Purchase;
import dev.abendkasse.server.purchases.domain.PurchaseSearch;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Carts and orders as they are found by the functions of R__6_purchases.sql. */
@Repository
public class PurchaseStore {

    private final Functions functions;

    PurchaseStore(Functions functions) {
        this.functions = functions;
    }

    /** The newest first. A page may be short and still not be the last. */
    public Mono<Page<Purchase>> search(PurchaseSearch search) {
        return functions
                .call("search_purchases", search)
                .map(answer -> functions.read(answer, Found.class))
                .map(found -> new Page<>(found.purchases(), found.cursor()));
    }

    private record Found(
            List<Purchase> purchases,
            @Nullable Instant nextAt,
            @Nullable UUID nextId) {

        @Nullable
        String cursor() {
            return nextAt == null || nextId == null ? null : new TimeCursor<>(nextAt, nextId).text();
        }
    }
}
