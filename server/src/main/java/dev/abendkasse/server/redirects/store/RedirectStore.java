package dev.abendkasse.server.redirects.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.redirects.domain.RedirectReason;
import dev.abendkasse.server.redirects.domain.RedirectSearch;
import dev.abendkasse.server.redirects.domain.RedirectedCheckout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Attempts that ended at the overview, as the functions of R__5_checkout.sql note and those of R__6_redirects.sql find them. */
@Repository
public class RedirectStore {

    private static final String FORGET = """
            select forget_redirects(:seconds, :limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    RedirectStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    private record Sought(
            @Nullable String matchKey,
            @Nullable UUID customerId,
            @Nullable UUID cartId,
            @Nullable String pickupCode,
            Set<RedirectReason> reasons,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId,
            int limit) {}

    private record Found(List<RedirectedCheckout> attempts) {}

    /**
     * The newest first, and one more than is asked for if there is one more.
     *
     * @param matchKey of the address that is looked for
     */
    public Mono<List<RedirectedCheckout>> search(RedirectSearch search, @Nullable String matchKey) {
        var before = search.before();
        var sought = new Sought(
                matchKey,
                search.customerId(),
                search.cartId(),
                search.pickupCode(),
                search.reasons(),
                search.from(),
                search.to(),
                before == null ? null : before.at(),
                before == null ? null : before.id(),
                search.limit());
        return functions
                .call("search_redirects", sought)
                .map(answer -> functions.read(answer, Found.class).attempts());
    }

    /** Forgets up to so many attempts that are that long ago, and says how many. */
    public Mono<Long> forget(Duration age, int limit) {
        return db.sql(FORGET)
                .bind("seconds", age.toMillis() / 1000.0)
                .bind("limit", limit)
                .mapValue(Long.class)
                .one();
    }
}
