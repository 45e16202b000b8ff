package dev.abendkasse.server.signing.store;

import dev.abendkasse.server.database.Functions;
import org.springframework.r2dbc.core.DatabaseClient;

/** Makes the store for tests that have no server. */
public final class SigningTables {

    private SigningTables() {}

    public static SigningKeyStore keys(DatabaseClient db) {
        return new SigningKeyStore(db, new Functions(db));
    }
}
