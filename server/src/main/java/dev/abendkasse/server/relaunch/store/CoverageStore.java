package dev.abendkasse.server.relaunch.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.relaunch.domain.Coverage;
import io.r2dbc.postgresql.codec.Json;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Counts the accounts of former shops; the function is that of R__7_relaunch.sql. */
@Repository
public class CoverageStore {

    private static final String COUNT = """
            select migration_coverage()
            """;

    private final DatabaseClient db;
    private final Functions functions;

    CoverageStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<Coverage> count() {
        return db.sql(COUNT).mapValue(Json.class).one().map(found -> functions.parse(found, Coverage.class));
    }
}
