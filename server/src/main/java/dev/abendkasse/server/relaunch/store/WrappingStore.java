package dev.abendkasse.server.relaunch.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.relaunch.domain.SealedHash;
import dev.abendkasse.server.relaunch.domain.WrappedHash;
import dev.abendkasse.server.relaunch.domain.Wrapping;
import io.r2dbc.postgresql.codec.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sealed hashes; the functions are those of R__7_relaunch.sql. */
@Repository
public class WrappingStore {

    private static final double MILLIS = 1000;

    private static final String LEASE = """
            select customer_id, sealed_hash from lease_sealed_hashes(:limit, :seconds, :mine)
            """;

    private static final String PROGRESS = """
            select password_wrapping()
            """;

    private final DatabaseClient db;
    private final Functions functions;

    WrappingStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /**
     * Some to wrap; none when another replica is at it.
     *
     * @param mine whether this replica has the lease
     */
    public Flux<SealedHash> lease(int limit, Duration lease, boolean mine) {
        return db.sql(LEASE)
                .bind("limit", limit)
                .bind("seconds", lease.toMillis() / MILLIS)
                .bind("mine", mine)
                .map(row -> new SealedHash(
                        Objects.requireNonNull(row.get("customer_id", UUID.class)),
                        Objects.requireNonNull(row.get("sealed_hash", byte[].class))))
                .all();
    }

    public Mono<Void> keep(List<WrappedHash> hashes) {
        return functions.call("keep_wrapped_hashes", Map.of("hashes", hashes)).then();
    }

    public Mono<Wrapping> progress() {
        return db.sql(PROGRESS).mapValue(Json.class).one().map(found -> functions.parse(found, Wrapping.class));
    }
}
