package dev.abendkasse.server.paymentlink.store;

import dev.abendkasse.server.database.Functions;
import org.springframework.r2dbc.core.DatabaseClient;

/** Opens the module's store to tests that have no Spring. */
public final class PaymentLinkTables {

    private PaymentLinkTables() {}

    public static PaymentLinkStore links(DatabaseClient db) {
        return new PaymentLinkStore(db, new Functions(db));
    }
}
