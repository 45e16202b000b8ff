package dev.abendkasse.server.order.store;

import dev.abendkasse.server.database.Functions;
import org.springframework.r2dbc.core.DatabaseClient;

/** Opens the module's stores to tests that have no Spring. */
public final class OrderTables {

    private OrderTables() {}

    public static OrderStore orders(DatabaseClient db) {
        return new OrderStore(new Functions(db));
    }

    public static AttemptStore attempts(DatabaseClient db) {
        return new AttemptStore(db, new Functions(db));
    }
}
