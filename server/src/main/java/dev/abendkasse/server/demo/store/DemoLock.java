package dev.abendkasse.server.demo.store;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Lets one replica at a time set the demonstration up. */
@Repository
public class DemoLock {

    private static final String LOCK = """
            select pg_advisory_xact_lock(hashtext('abendkasse demo'))
            """;

    private final DatabaseClient db;

    DemoLock(DatabaseClient db) {
        this.db = db;
    }

    /** Waits for the lock and keeps it to the end of the transaction. */
    public Mono<Void> take() {
        return db.sql(LOCK).then();
    }
}
