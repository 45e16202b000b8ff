package dev.abendkasse.server.catalog;

import dev.abendkasse.server.catalog.store.CatalogStores;
import dev.abendkasse.server.testing.TestDatabase;
import java.util.Currency;

/** The programme on a test's database. */
public final class ProgrammeFixture {

    private ProgrammeFixture() {}

    public static ProgrammeService on(TestDatabase database) {
        var stores = new CatalogStores(database);
        var transaction = database.transaction();
        return new ProgrammeService(
                stores.programme(),
                stores.performances(),
                stores.plans(),
                new SeatingPlanService(stores.plans(), transaction),
                new CatalogProperties(Currency.getInstance("EUR")),
                transaction);
    }
}
