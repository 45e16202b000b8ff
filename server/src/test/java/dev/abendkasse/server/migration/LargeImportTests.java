package dev.abendkasse.server.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CustomerImport;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.server.migration.formershop.FormerShop;
import dev.abendkasse.server.migration.formershop.Style;
import dev.abendkasse.server.testing.Report;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.ServerProcess;
import dev.abendkasse.server.testing.Theatre;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million customers at once, through a server that has 512 MB of memory. How fast that is, is told and not judged. */
class LargeImportTests {

    private static final FormerShop SHOP = new FormerShop(Scale.of(1_000_000), 31, Style.csv());

    /** Wrapping would take a core, and has a pace of its own. */
    private static final Map<String, Object> IDLE =
            Map.of("abendkasse.migration.look-every", "1h", "abendkasse.relaunch.wrapping-threads", "0");

    private static final Map<String, Object> BUSY =
            Map.of("abendkasse.migration.look-every", "100ms", "abendkasse.relaunch.wrapping-threads", "0");

    @TempDir
    private Path folder;

    @Test
    void p9MillionRowsGoThroughHalfAGigabyteOfMemoryAndEachEndsAsItsOneThing() throws Exception {
        try (var house = Theatre.open(IDLE);
                var server = ServerProcess.lastingOn(house.database(), BUSY)) {
            SHOP.residents().forEach(resident -> CustomerImportTests.moveIn(house, resident));
            server.start();
            server.awaitUp();
            var uploads = Upload.to(house);
            var file = written();

            var begin = System.nanoTime();
            var answer = uploads.send(server.address(), SHOP.style(), "former-shop", CustomerImportMode.APPLY, file);
            var uploaded = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            var importId = UUID.fromString(Upload.json(answer).get("importId").asString());
            var done = uploads.applied(importId);

            tell(uploaded, done);
            assertThat(CustomerImportTests.counts(done)).isEqualTo(CustomerImportTests.counts(SHOP));
            assertThat(house.count("select count(*) from legacy_customer"))
                    .isEqualTo(
                            SHOP.rows().filter(row -> row.fate().hasAccount()).count());
        }
    }

    private Path written() throws IOException {
        var file = folder.resolve("customers.csv");
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            SHOP.file().writeTo(out);
        }
        return file;
    }

    private static void tell(Duration uploaded, CustomerImport done) {
        var all = Duration.between(done.getStartedAt(), done.getEndedAt());
        Report.tell(
                "Import of {} rows: {} s, {} rows/s; of that {} s until all was put aside",
                done.getRows(),
                all.toSeconds(),
                done.getRows() * 1000 / all.toMillis(),
                uploaded.toSeconds());
    }
}
