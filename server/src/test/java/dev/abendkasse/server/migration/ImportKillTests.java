package dev.abendkasse.server.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.server.migration.formershop.FormerShop;
import dev.abendkasse.server.migration.formershop.Style;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.ServerProcess;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server is killed in the middle of an import, while rows are compared and while accounts are made. */
class ImportKillTests {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void p4AndP9ImportThatIsKilledGoesOnAndEveryRowEndsAsItsOneThing() throws Exception {
        var shop = new FormerShop(Scale.of(120_000), 11, Style.csv());
        try (var house = Theatre.open(Map.of("abendkasse.migration.look-every", "1h"));
                var worker = ServerProcess.on(house.database(), Map.of("abendkasse.migration.look-every", "100ms"))) {
            shop.residents().forEach(resident -> CustomerImportTests.moveIn(house, resident));
            var uploads = Upload.to(house);
            var importId = uploads.ofShop(shop, "former-shop", CustomerImportMode.APPLY);

            for (var state : List.of("CHECKING", "APPLYING")) {
                worker.start();
                awaitMiddleOf(state, house, importId);
                worker.kill();
                assertThat(uploads.imports().getCustomerImport(importId).getEndedAt())
                        .as("killed in the middle")
                        .isNull();
            }
            worker.start();
            var done = uploads.applied(importId);

            assertThat(CustomerImportTests.counts(done)).isEqualTo(CustomerImportTests.counts(shop));
            var accounts = shop.rows().filter(row -> row.fate().hasAccount()).count();
            assertThat(house.count("select count(*) from legacy_customer")).isEqualTo(accounts);
            assertThat(house.count("select count(distinct customer_id) from legacy_customer"))
                    .isEqualTo(accounts);
        }
    }

    private static void awaitMiddleOf(String state, Theatre house, UUID importId) {
        Awaitility.await("the middle of " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> house.count("select count(*) from customer_import where import_id = '" + importId
                                + "' and state = '" + state + "' and reached > 0")
                        == 1);
    }
}
