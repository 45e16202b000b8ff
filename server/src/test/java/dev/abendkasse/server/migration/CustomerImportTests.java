package dev.abendkasse.server.migration;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.abendkasse.office.model.CustomerImport;
import dev.abendkasse.office.model.CustomerImportCount;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.office.model.CustomerImportState;
import dev.abendkasse.server.migration.formershop.BrokenFile;
import dev.abendkasse.server.migration.formershop.Column;
import dev.abendkasse.server.migration.formershop.Fate.Outcome;
import dev.abendkasse.server.migration.formershop.FormerRow;
import dev.abendkasse.server.migration.formershop.FormerShop;
import dev.abendkasse.server.migration.formershop.Hashes;
import dev.abendkasse.server.migration.formershop.Resident;
import dev.abendkasse.server.migration.formershop.Style;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of former shops, whose rows are known from how they were made. */
class CustomerImportTests {

    private static final String RESIDENT = """
            with made as (
                insert into customer (name, password_hash) values ('Resident', null) returning customer_id
            ), named as (
                insert into customer_user_name (canonical, user_name, customer_id)
                select '%2$s', '%2$s', customer_id from made where '%2$s' <> ''
            )
            insert into customer_email (customer_id, email, canonical, match_key)
            select customer_id, '%1$s', '%1$s', sha256(customer_id::text::bytea) from made
            """;

    private static Theatre theatre;
    private static Upload upload;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.migration.look-every", "100ms"));
        upload = Upload.to(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    static Stream<FormerShop> shops() {
        return Stream.of(
                new FormerShop(Scale.of(200_000), 1, Style.csv()),
                new FormerShop(2_000, 2, Style.windowsCsv()),
                new FormerShop(2_000, 3, Style.csvWithByteOrderMark()),
                new FormerShop(2_000, 4, Style.ndjson()));
    }

    /** Shops of several seeds have customers with the same addresses, so each gets a house of its own. */
    @ParameterizedTest
    @MethodSource("shops")
    void p9EveryRowEndsAsTheOneThingThatItWasMadeFor(FormerShop shop) throws Exception {
        try (var house = Theatre.open(Map.of("abendkasse.migration.look-every", "100ms"))) {
            shop.residents().forEach(resident -> moveIn(house, resident));
            var uploads = Upload.to(house);

            var done = uploads.applied(uploads.ofShop(shop, "former-shop", CustomerImportMode.APPLY));

            assertThat(counts(done)).isEqualTo(counts(shop));
            assertThat(done.getRows()).isEqualTo(shop.size());
            assertThat(rejections(uploads, done)).isEqualTo(rejections(shop));
            assertAccounts(house, shop);
            assertNoWeakHashInClear(house);
        }
    }

    @ParameterizedTest
    @EnumSource(BrokenFile.class)
    void p10FileThatIsBrokenIsRefusedWhereItIsBrokenAndLeavesNothing(BrokenFile file) throws Exception {
        var answer = upload.send(
                file.style(), file.isZipped(), file.name(), CustomerImportMode.APPLY, Upload.bytes(file::writeTo));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        var problem = Upload.json(answer);
        assertThat(problem.get("code").asString()).isEqualTo("customer-file-invalid");
        var pointer = problem.get("errors").get(0).get("pointer").asString();
        if (file.column() > 0) {
            assertThat(pointer).isEqualTo("#cell=" + file.row() + "," + file.column());
        } else if (file.row() > 0) {
            assertThat(pointer).matches("#(row|cell)=" + file.row() + "(,.*)?");
        }
        assertThat(theatre.count(
                        "select count(*) from customer_import where source = '" + file + "' and state <> 'FAILED'"))
                .isZero();
        assertThat(theatre.count("select count(*) from legacy_customer where source = '" + file + "'"))
                .isZero();
    }

    @Test
    void p9DryRunSaysTheSameAndMakesNothingUntilItIsApplied() throws Exception {
        var shop = new FormerShop(500, 5, Style.csv());
        try (var house = Theatre.open(Map.of("abendkasse.migration.look-every", "100ms"))) {
            shop.residents().forEach(resident -> moveIn(house, resident));
            var uploads = Upload.to(house);

            var checked = uploads.done(uploads.ofShop(shop, "former-shop", CustomerImportMode.DRY_RUN));

            assertThat(checked.getState()).isEqualTo(CustomerImportState.CHECKED);
            assertThat(counts(checked)).isEqualTo(counts(shop));
            assertThat(house.count("select count(*) from legacy_customer")).isZero();

            uploads.imports().applyCustomerImport(checked.getImportId(), "\"" + checked.getVersion() + "\"");
            assertThat(counts(uploads.applied(checked.getImportId()))).isEqualTo(counts(shop));
            assertAccounts(house, shop);
        }
    }

    /** M2: what is the same is left as it is, and nobody becomes two. */
    @Test
    void m2SameFileAgainChangesNothing() throws Exception {
        var shop = new FormerShop(500, 6, Style.csv());
        try (var house = Theatre.open(Map.of("abendkasse.migration.look-every", "100ms"))) {
            shop.residents().forEach(resident -> moveIn(house, resident));
            var uploads = Upload.to(house);
            var first = uploads.applied(uploads.ofShop(shop, "former-shop", CustomerImportMode.APPLY));
            var customers = house.count("select count(*) from customer");

            var again = uploads.applied(uploads.ofShop(shop, "former-shop", CustomerImportMode.APPLY));

            assertThat(outcomes(again)).isEqualTo(outcomes(first));
            assertThat(house.count("select count(*) from customer")).isEqualTo(customers);
            assertAccounts(house, shop);
        }
    }

    private static Map<Outcome, Long> outcomes(CustomerImport done) {
        return done.getCounts().stream()
                .collect(toMap(
                        count -> Outcome.valueOf(count.getOutcome().name()), CustomerImportCount::getRows, Long::sum));
    }

    static void moveIn(Theatre house, Resident resident) {
        Theatre.execute(
                house.db(),
                RESIDENT.formatted(resident.canonical(), Objects.requireNonNullElse(resident.userName(), "")));
    }

    static Map<String, Long> counts(CustomerImport done) {
        return done.getCounts().stream()
                .collect(toMap(count -> count.getOutcome() + " " + count.getReason(), CustomerImportCount::getRows));
    }

    static Map<String, Long> counts(FormerShop shop) {
        return shop.rows()
                .collect(groupingBy(
                        row -> row.fate().outcome() + " " + row.fate().reason(), counting()));
    }

    private static List<String> rejections(Upload uploads, CustomerImport done) throws Exception {
        var file = uploads.imports().getCustomerImportRejections(done.getImportId());
        try (var read = CsvReader.builder().ofNamedCsvRecord(Files.readString(file.toPath()))) {
            return read.stream().map(CustomerImportTests::rejection).toList();
        }
    }

    private static String rejection(NamedCsvRecord row) {
        return String.join(
                " ", row.getField("row"), row.getField("outcome"), row.getField("reason"), row.getField("column"));
    }

    private static List<String> rejections(FormerShop shop) {
        return shop.rows()
                .filter(row -> List.of(Outcome.CONFLICT, Outcome.REJECTED)
                        .contains(row.fate().outcome()))
                .map(CustomerImportTests::rejection)
                .toList();
    }

    private static String rejection(FormerRow row) {
        var column = row.fate().column();
        return String.join(
                " ",
                String.valueOf(row.number()),
                row.fate().outcome().name(),
                row.fate().reason(),
                column == null ? "" : column.title());
    }

    private static void assertAccounts(Theatre house, FormerShop shop) {
        var accounts = shop.rows().filter(row -> row.fate().hasAccount()).toList();
        assertThat(house.count("select count(*) from legacy_customer")).isEqualTo(accounts.size());
        assertThat(house.value(
                        "select string_agg(source_id || ' ' || canonical || ' ' || name, E'\\n' order by source_id collate \"C\")"
                                + " from legacy_customer join customer using (customer_id) join customer_email using (customer_id)"
                                + " where until is null",
                        String.class))
                .isEqualTo(String.join(
                        "\n",
                        accounts.stream()
                                .map(CustomerImportTests::account)
                                .sorted()
                                .toList()));
        assertThat(house.count("select coalesce(sum(limit_amount), 0)::bigint from credit_account"))
                .isEqualTo(accounts.stream().mapToLong(FormerRow::creditLimit).sum());
        assertThat(house.count("select count(*) from blacklist_entry"))
                .isEqualTo(accounts.stream()
                        .filter(row -> row.says(Column.BLACKLIST_REASON))
                        .count());
        assertThat(house.count("select count(*) from newsletter_consent where kind = 'IMPORTED'"))
                .isEqualTo(accounts.stream().filter(FormerRow::hasProvenConsent).count());
        assertThat(house.count("select count(*) from customer where locked_at is not null"))
                .isEqualTo(accounts.stream().filter(FormerRow::isLocked).count());
        assertThat(house.count("select count(*) from customer_email where until is not null"))
                .isEqualTo(accounts.stream()
                        .mapToLong(row -> row.formerEmails().size())
                        .sum());
        assertThat(house.count("select count(*) from customer where sealed_hash is not null"))
                .isEqualTo(accounts.stream()
                        .filter(row -> row.password() != null && Hashes.isWeak(row.password()))
                        .count());
    }

    private static String account(FormerRow row) {
        return row.cell(Column.CUSTOMER_NUMBER) + " " + row.canonical() + " " + row.fullName();
    }

    /** Neither where accounts are nor where rows were put aside. */
    private static void assertNoWeakHashInClear(Theatre house) {
        assertThat(house.count(
                        "select count(*) from customer_import_row where reason = 'WRONG_CELL_COUNT' and cells <> '{}'"))
                .as("cells that may stand in another's place")
                .isZero();
        var weak = "'\\{(md5|sha1|sha256|sha512|opencart|shopware5|symfony)[^}-]*(-salt-(first|last))?\\}'";
        assertThat(house.count("select count(*) from customer where password_hash ~ " + weak))
                .isZero();
        assertThat(house.count("select count(*) from customer_import_row where facts::text ~ " + weak))
                .isZero();
    }
}
