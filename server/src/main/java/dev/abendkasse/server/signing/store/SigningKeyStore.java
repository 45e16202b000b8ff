package dev.abendkasse.server.signing.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.signing.domain.KeyTurn;
import dev.abendkasse.server.signing.domain.StoredKey;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The signing_key table; what changes it is in R__1_signing.sql. */
@Repository
public class SigningKeyStore {

    private static final double FOR_EVER = Double.POSITIVE_INFINITY;

    private final DatabaseClient db;
    private final Functions functions;

    SigningKeyStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    private static final String GOOD = """
            select key_id, public_key, private_key, state, created_at, activated_at, ended_at
              from signing_key
             where purpose = :purpose and state <> 'WITHDRAWN'
               and (state <> 'RETIRED' or extract(epoch from clock_timestamp() - ended_at) < :keepFor)
             order by state = 'ACTIVE' desc, created_at desc, key_id
            """;

    /**
     * What counts, the active one first, then the latest.
     *
     * @param keepFor how long a retired key does; none: for ever
     */
    public Flux<StoredKey> good(String purpose, @Nullable Duration keepFor) {
        return db.sql(GOOD)
                .bind("purpose", purpose)
                .bind("keepFor", keepFor == null ? FOR_EVER : keepFor.toMillis() / 1000.0)
                .map(SigningKeyStore::key)
                .all();
    }

    private static final String ALL = """
            select key_id, public_key, private_key, state, created_at, activated_at, ended_at
              from signing_key
             where purpose = :purpose
             order by created_at desc, key_id
             limit 1000
            """;

    /** The latest first. */
    public Flux<StoredKey> all(String purpose) {
        return db.sql(ALL).bind("purpose", purpose).map(SigningKeyStore::key).all();
    }

    public Mono<Void> turn(KeyTurn turn) {
        return functions.call("turn_signing_keys", turn).then();
    }

    /** False when there is no such key. */
    public Mono<Boolean> withdraw(KeyTurn turn) {
        return functions.call("withdraw_signing_key", turn).map(answer -> !answer.has("refused"));
    }

    private static StoredKey key(Readable row) {
        return new StoredKey(
                value(row, "key_id", String.class),
                value(row, "public_key", String.class),
                value(row, "private_key", byte[].class),
                value(row, "state", String.class),
                value(row, "created_at", Instant.class),
                row.get("activated_at", Instant.class),
                row.get("ended_at", Instant.class));
    }
}
