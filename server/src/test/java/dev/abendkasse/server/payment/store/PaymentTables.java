package dev.abendkasse.server.payment.store;

import org.springframework.r2dbc.core.DatabaseClient;

/** Opens the module's stores to tests that have no Spring. */
public final class PaymentTables {

    private PaymentTables() {}

    public static PaymentStore payments(DatabaseClient db) {
        return new PaymentStore(db);
    }

    public static FactStore facts(DatabaseClient db) {
        return new FactStore(db);
    }
}
