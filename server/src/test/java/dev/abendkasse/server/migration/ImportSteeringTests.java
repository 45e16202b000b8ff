package dev.abendkasse.server.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.api.CustomerImportsApi;
import dev.abendkasse.office.model.CustomerImport;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.office.model.CustomerImportState;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.migration.formershop.FormerShop;
import dev.abendkasse.server.migration.formershop.Style;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports are watched, cancelled, given up by their sender, and done by several replicas at once. */
class ImportSteeringTests {

    private static final String SOURCE = "former-shop";
    private static final FormerShop SHOP = new FormerShop(12_000, 21, Style.csv());
    private static final Map<String, Object> BUSY = Map.of("abendkasse.migration.look-every", "50ms");
    private static final Map<String, Object> IDLE = Map.of("abendkasse.migration.look-every", "1h");

    private Theatre theatre;
    private CustomerImportsApi imports;
    private Upload upload;

    @BeforeEach
    void openATheatreWhereNobodyWorksOnImports() {
        theatre = Theatre.open(IDLE);
        imports = theatre.office().customerImports();
        upload = Upload.to(theatre);
    }

    @AfterEach
    void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void p9TwoReplicasDoTheBatchesOfOneImportTogetherAndEachRowEndsAsItsOneThing() throws Exception {
        SHOP.residents().forEach(resident -> CustomerImportTests.moveIn(theatre, resident));
        var importId = upload.ofShop(SHOP, SOURCE, CustomerImportMode.APPLY);

        try (var _ = theatre.replica(BUSY);
                var _ = theatre.replica(BUSY)) {
            var done = upload.applied(importId);

            assertThat(CustomerImportTests.counts(done)).isEqualTo(CustomerImportTests.counts(SHOP));
            assertThat(theatre.count("select count(*) from legacy_customer"))
                    .isEqualTo(
                            SHOP.rows().filter(row -> row.fate().hasAccount()).count());
        }
    }

    @Test
    void progressIsToldUntilTheEndAndTheStreamEndsWithIt() throws Exception {
        SHOP.residents().forEach(resident -> CustomerImportTests.moveIn(theatre, resident));
        var importId = upload.ofShop(SHOP, SOURCE, CustomerImportMode.APPLY);

        var told = new ArrayList<CustomerImport>();
        try (var stream = plainOffice().streamCustomerImport(importId)) {
            told.add(stream.next().orElseThrow());
            try (var _ = theatre.replica(BUSY)) {
                for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                    told.add(next.get());
                }
            }
        }

        assertThat(told.getFirst().getState()).isEqualTo(CustomerImportState.CHECKING);
        assertThat(told.getFirst().getDone()).isZero();
        assertThat(told.getLast()).isEqualTo(imports.getCustomerImport(importId));
        assertThat(told.getLast().getState()).isEqualTo(CustomerImportState.APPLIED);
    }

    @Test
    void progressIsSentAsTheContractSaysToWhomItIsMeantFor() throws Exception {
        var importId = upload.ofShop(new FormerShop(10, 22, Style.csv()), SOURCE, CustomerImportMode.DRY_RUN);
        var path = theatre.address().resolve("/v1/admin/customer-imports/" + importId + "/stream");

        try (var stream = EventReader.open(path, Map.of("Authorization", "Bearer " + upload.token()))) {
            assertThat(stream.response().headers().firstValue("Cache-Control")).hasValue("no-store");
            var first = stream.next();
            assertThat(first.event()).isEqualTo("progress");
            assertThat(first.json().get("state").asString()).isEqualTo("CHECKING");
            imports.cancelCustomerImport(importId);
            assertThat(stream.next().json().get("state").asString()).isEqualTo("CANCELLED");
            stream.awaitEnd();
        }
        try (var refused = EventReader.open(path, Map.of())) {
            assertThat(refused.response().statusCode()).isEqualTo(401);
        }
        var unknown =
                catchThrowableOfType(ApiException.class, () -> plainOffice().streamCustomerImport(UUID.randomUUID()));
        assertThat(unknown.getCode()).isEqualTo(404);
    }

    @Test
    void importThatIsCancelledInItsMiddleMakesNothingMoreAndForgetsWhatWasPutAside() throws Exception {
        SHOP.residents().forEach(resident -> CustomerImportTests.moveIn(theatre, resident));
        var importId = upload.ofShop(SHOP, SOURCE, CustomerImportMode.APPLY);
        goOnUntil("state = 'APPLYING' and reached > 0");

        var cancelled = imports.cancelCustomerImport(importId);
        var made = theatre.count("select count(*) from legacy_customer");
        goOnUntil("step = 'DONE'");

        assertThat(cancelled.getState()).isEqualTo(CustomerImportState.CANCELLED);
        assertThat(made).as("accounts that were made stay").isPositive();
        assertThat(theatre.count("select count(*) from legacy_customer")).isEqualTo(made);
        assertThat(theatre.count("select count(*) from customer_import_row")).isZero();
        assertThat(theatre.count("select count(*) from customer_import_batch")).isZero();
        assertThat(imports.cancelCustomerImport(importId).getVersion()).isEqualTo(cancelled.getVersion());
    }

    @Test
    void p10SenderThatGoesAwayInTheMiddleOfTheFileLeavesNothing() throws Exception {
        var head = "POST /v1/admin/customer-imports?source=" + SOURCE
                + "&mode=APPLY&exportedAt=2025-06-30T22:00:00Z HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + upload.token() + "\r\nContent-Type: text/csv\r\nContent-Length: 10000000\r\n\r\n";
        var rows = new StringBuilder("customerNumber,email,name\n");
        for (int i = 0; i < 5000; i++) {
            rows.append(i).append(",reader-").append(i).append("@example.org,Example\n");
        }
        try (var socket = new Socket("localhost", theatre.address().getPort())) {
            socket.getOutputStream().write((head + rows).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            Awaitility.await().until(() -> theatre.count("select count(*) from customer_import_row") > 0);
        }

        Awaitility.await().until(() -> states().equals(List.of("FAILED")));
        goOnUntil("step = 'DONE'");
        assertThat(theatre.count("select count(*) from customer_import_row")).isZero();
        assertThat(theatre.count("select count(*) from legacy_customer")).isZero();
    }

    @Test
    void accountThatGoesOutOfTheWayAfterTheDryRunIsNoConflictWhenItIsApplied() throws Exception {
        var email = "resident@example.org";
        var resident = new Buyers(theatre.server(), theatre.db()).customer(email);
        var file = ("customerNumber,email,name\n1," + email + ",Example\n").getBytes(StandardCharsets.UTF_8);
        var answer = upload.send(Style.csv(), false, SOURCE, CustomerImportMode.DRY_RUN, file);
        var importId = UUID.fromString(Upload.json(answer).get("importId").asString());
        goOnUntil("state = 'CHECKED'");
        assertThat(CustomerImportTests.counts(imports.getCustomerImport(importId)))
                .isEqualTo(Map.of("CONFLICT EMAIL_TAKEN", 1L));

        Theatre.execute(theatre.db(), """
                select move_to_address('%s', 'moved@example.org', 'moved@example.org', '\\x00', now())
                """.formatted(resident.value()));
        imports.applyCustomerImport(
                importId, "\"" + imports.getCustomerImport(importId).getVersion() + "\"");
        goOnUntil("step = 'DONE'");

        assertThat(CustomerImportTests.counts(imports.getCustomerImport(importId)))
                .isEqualTo(Map.of("NEEDS_CLAIM NO_PASSWORD", 1L));
    }

    /** Streams cannot be checked whole. */
    private AbendkasseOfficeClient plainOffice() {
        return AbendkasseOfficeClient.at(theatre.address())
                .accessToken(AccessTokens.password(theatre.address(), "admin", TestServer.ADMIN_PASSWORD))
                .build();
    }

    private void goOnUntil(String condition) {
        while (theatre.count("select count(*) from customer_import where " + condition) == 0) {
            Theatre.execute(theatre.db(), "select continue_customer_import('{\"limit\": 5000}')");
        }
    }

    private List<String> states() {
        return List.of(theatre.value("select string_agg(state, ' ') from customer_import", String.class));
    }
}
