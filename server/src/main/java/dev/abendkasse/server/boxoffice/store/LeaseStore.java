package dev.abendkasse.server.boxoffice.store;

import dev.abendkasse.server.database.Functions;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What runs out at the box office. */
@Repository
public class LeaseStore {

    private static final String LAPSE = """
            select lapse_hijacks(:limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    LeaseStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Ends up to so many warnings that nobody has followed, and says how many. */
    public Mono<Long> lapse(int limit) {
        return db.sql(LAPSE).bind("limit", limit).mapValue(Long.class).one();
    }

    /**
     * Does what is to be done with one order whose clerk's time is up; false when there is none.
     *
     * @param pickupCode for a cart whose own one has been given to another meanwhile
     * @param defaultLimit what customers may owe who have no limit of their own
     */
    public Mono<Boolean> endOne(String pickupCode, long defaultLimit) {
        return functions
                .call("end_lease", Map.of("pickupCode", pickupCode, "defaultLimit", defaultLimit))
                .map(answer -> answer.get("ended").asBoolean());
    }
}
