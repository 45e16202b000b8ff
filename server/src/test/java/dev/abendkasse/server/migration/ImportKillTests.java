package dev.abendkasse.server.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.server.migration.formershop.FormerShop;
import dev.abendkasse.server.migration.formershop.Style;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.ServerProcess;
import dev.abendkasse.server.testing.Theatre;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server is killed in the middle of an import, while rows are compared and while accounts are made. */
class ImportKillTests {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The second batch of a step waits, before it is noted as done, for as long as somebody holds the step's lock. */
    private static final String TRAP = """
            create function wait_in_trap() returns trigger language plpgsql as $$
            begin
                perform pg_advisory_lock_shared(hashtext(new.step));
                perform pg_advisory_unlock_shared(hashtext(new.step));
                return new;
            end
            $$;
            create trigger trap before update on customer_import_batch for each row
                when (new.counts is not null and new.from_row = 5000) execute function wait_in_trap();
            """;

    @Test
    void p4AndP9ImportThatIsKilledGoesOnAndEveryRowEndsAsItsOneThing() throws Exception {
        var shop = new FormerShop(Scale.of(120_000), 11, Style.csv());
        try (var house = Theatre.open(Map.of("abendkasse.migration.look-every", "1h"));
                var worker = ServerProcess.on(house.database(), Map.of("abendkasse.migration.look-every", "100ms"))) {
            shop.residents().forEach(resident -> CustomerImportTests.moveIn(house, resident));
            Theatre.execute(house.db(), TRAP);
            var uploads = Upload.to(house);
            var importId = uploads.ofShop(shop, "former-shop", CustomerImportMode.APPLY);

            for (var step : List.of("COMPARE", "APPLY")) {
                killInTheMiddleOf(step, worker, house);
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

    private static void killInTheMiddleOf(String step, ServerProcess worker, Theatre house) throws Exception {
        try (var holder = DriverManager.getConnection(house.database().jdbcUrl());
                var statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtext('" + step + "'))");
            worker.start();
            Awaitility.await("the trap in " + step)
                    .atMost(PATIENCE)
                    .until(() -> house.count(
                                    "select count(*) from pg_locks where locktype = 'advisory' and not granted"
                                            + " and database = (select oid from pg_database where datname = current_database())")
                            > 0);
            worker.kill();
        }
    }
}
