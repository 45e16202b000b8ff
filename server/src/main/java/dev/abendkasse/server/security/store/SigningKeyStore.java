package dev.abendkasse.server.security.store;

import dev.abendkasse.server.security.domain.StoredKey;
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
            """;

    public Flux<StoredKey> all() {
        return db.sql(ALL).map(SigningKeyStore::key).all();
    }

    private static final String INSERT_UNLESS_ACTIVE = """
            insert into signing_key (key_id, public_key, private_key)
            values (:keyId, :publicKey, :privateKey)
            on conflict (active) where active do nothing
            """;

    public Mono<Long> insertUnlessActive(StoredKey key) {
        return db.sql(INSERT_UNLESS_ACTIVE)
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
