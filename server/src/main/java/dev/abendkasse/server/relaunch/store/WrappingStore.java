package dev.abendkasse.server.relaunch.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.relaunch.domain.SealedHash;
import dev.abendkasse.server.relaunch.domain.WrappedHash;
import dev.abendkasse.server.relaunch.domain.Wrapping;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Sealed hashes; the functions are those of R__7_relaunch.sql. */
@Repository
public class WrappingStore {

    private static final double MILLIS = 1000;

    private static final String LEASE = """
            select customer_id, sealed_hash from lease_sealed_hashes(:replica, :after, :limit, :seconds)
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
     * Some to wrap, all of them read: whoever wraps them holds no connection meanwhile. Empty when there are none, or another replica is
     * at it.
     *
     * @param after the account that the ones before ended with
     */
    public Mono<List<SealedHash>> lease(UUID replica, UUID after, int limit, Duration lease) {
        return db.sql(LEASE)
                .bind("replica", replica)
                .bind("after", after)
                .bind("limit", limit)
                .bind("seconds", lease.toMillis() / MILLIS)
                .map(WrappingStore::hash)
                .all()
                .collectList()
                .filter(found -> !found.isEmpty());
    }

    private static SealedHash hash(Readable row) {
        return new SealedHash(
                Objects.requireNonNull(row.get("customer_id", UUID.class)),
                Objects.requireNonNull(row.get("sealed_hash", byte[].class)));
    }

    /** Whether they were kept: not when another replica has taken the lease meanwhile. */
    public Mono<Boolean> keep(UUID replica, List<WrappedHash> hashes) {
        return functions
                .call("keep_wrapped_hashes", Map.of("replica", replica, "hashes", hashes))
                .map(answer -> answer.get("kept").asBoolean());
    }

    public Mono<Wrapping> progress() {
        return db.sql(PROGRESS).mapValue(Json.class).one().map(found -> functions.parse(found, Wrapping.class));
    }
}
