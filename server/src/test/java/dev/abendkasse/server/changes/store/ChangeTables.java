package dev.abendkasse.server.changes.store;

import dev.abendkasse.server.database.Functions;
import org.springframework.r2dbc.core.DatabaseClient;

/** Opens the module's store to tests that have no Spring. */
public final class ChangeTables {

    private ChangeTables() {}

    public static ChangeStore changes(DatabaseClient db) {
        return new ChangeStore(db, new Functions(db));
    }
}
