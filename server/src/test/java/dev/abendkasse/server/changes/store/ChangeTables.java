package dev.abendkasse.server.changes.store;

import dev.abendkasse.server.changes.domain.ChangeOrder;
import dev.abendkasse.server.changes.domain.PerformanceChange;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** Opens the module's store to tests that have no Spring. */
public final class ChangeTables {

    private ChangeTables() {}

    public static ChangeStore changes(DatabaseClient db) {
        return new ChangeStore(db, new Functions(db));
    }

    /** Somebody calls a performance off. */
    public static ChangeOrder cancellation(UUID performance) {
        return new ChangeOrder(
                performance,
                PerformanceChange.Kind.CANCELLATION,
                null,
                null,
                "Test",
                "test",
                new Idempotency("change", UUID.randomUUID(), "00"));
    }
}
