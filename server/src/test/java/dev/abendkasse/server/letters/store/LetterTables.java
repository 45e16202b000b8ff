package dev.abendkasse.server.letters.store;

import dev.abendkasse.server.database.Functions;
import org.springframework.r2dbc.core.DatabaseClient;

/** The store without Spring. */
public final class LetterTables {

    private LetterTables() {}

    public static LetterStore letters(DatabaseClient db) {
        return new LetterStore(db, new Functions(db));
    }
}
