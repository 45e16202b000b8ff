package dev.abendkasse.server.signing.store;

import dev.abendkasse.server.signing.domain.StoredKey;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The signing_key table. */
@Repository
public class SigningKeyStore {

    private final DatabaseClient db;

    SigningKeyStore(DatabaseClient db) {
        this.db = db;
    }

    private static final String ALL = """
            select key_id, public_key, private_key, active
              from signing_key
             where purpose = :purpose
             order by active desc, created_at desc, key_id
            """;

    /** The active one first, then the latest. */
    public Flux<StoredKey> all(String purpose) {
        return db.sql(ALL).bind("purpose", purpose).map(SigningKeyStore::key).all();
    }

    private static final String RETIRE = """
            update signing_key set active = false where purpose = :purpose and active
            """;

    public Mono<Long> retire(String purpose) {
        return db.sql(RETIRE).bind("purpose", purpose).fetch().rowsUpdated();
    }

    private static final String INSERT_UNLESS_ACTIVE = """
            insert into signing_key (purpose, key_id, public_key, private_key)
            values (:purpose, :keyId, :publicKey, :privateKey)
            on conflict (purpose) where active do nothing
            """;

    public Mono<Long> insertUnlessActive(String purpose, StoredKey key) {
        return db.sql(INSERT_UNLESS_ACTIVE)
                .bind("purpose", purpose)
                .bind("keyId", key.keyId())
                .bind("publicKey", key.publicKey())
                .bind("privateKey", key.privateKey())
                .fetch()
                .rowsUpdated();
    }

    private static StoredKey key(Readable row) {
        return new StoredKey(
                Objects.requireNonNull(row.get("key_id", String.class)),
                Objects.requireNonNull(row.get("public_key", String.class)),
                Objects.requireNonNull(row.get("private_key", byte[].class)),
                Boolean.TRUE.equals(row.get("active", Boolean.class)));
    }
}
