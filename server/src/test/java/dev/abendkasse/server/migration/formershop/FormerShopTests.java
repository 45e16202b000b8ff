package dev.abendkasse.server.migration.formershop;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.abendkasse.server.migration.formershop.Fate.Outcome;
import dev.abendkasse.server.migration.formershop.Style.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever checks an import against what was made up must be able to rely on that. */
class FormerShopTests {

    private static final int SIZE = 20_000;

    static Stream<Style> styles() {
        return Stream.of(Style.csv(), Style.windowsCsv(), Style.csvWithByteOrderMark(), Style.ndjson());
    }

    static Stream<Style> tables() {
        return styles().filter(style -> style.form() == Form.CSV);
    }

    @ParameterizedTest
    @MethodSource("styles")
    void shopHasAsManyRowsAsAskedForAndSomeOfEveryKind(Style style) {
        var kinds = shop(style).rows().collect(Collectors.groupingBy(FormerRow::kind, Collectors.counting()));

        assertThat(kinds.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(SIZE);
        assertThat(kinds).containsOnlyKeys(Kind.of(style.form()));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void sameShopIsMadeUpAgainToTheByte(Style style) throws IOException {
        var small = new FormerShop(2_000, 1, style);

        assertThat(bytes(small)).isEqualTo(bytes(small)).isNotEqualTo(bytes(new FormerShop(2_000, 2, style)));
    }

    @Test
    void customersWhoGetAnAccountShareNeitherAddressNorNameNorNumber() {
        var accounts =
                shop(Style.csv()).rows().filter(row -> row.fate().hasAccount()).toList();

        assertThat(accounts)
                .extracting(FormerRow::canonical)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(accounts).extracting(row -> row.cell(Column.CUSTOMER_NUMBER)).doesNotHaveDuplicates();
        assertThat(accounts.stream().map(row -> row.cell(Column.USER_NAME)).filter(Objects::nonNull))
                .doesNotHaveDuplicates();
    }

    @Test
    void rowIsSupersededByOneThatComesLaterAndCanBeRead() {
        var last = new HashMap<String, FormerRow>();
        shop(Style.csv())
                .rows()
                .filter(row -> row.fate().outcome() != Outcome.REJECTED)
                .forEach(row -> last.put(row.cell(Column.CUSTOMER_NUMBER), row));

        assertThat(shop(Style.csv()).rows().filter(row -> row.fate().outcome() == Outcome.MERGED))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(
                                last.get(row.cell(Column.CUSTOMER_NUMBER)).number())
                        .isGreaterThan(row.number()));
        assertThat(last.values()).noneMatch(row -> row.fate().outcome() == Outcome.MERGED);
    }

    @Test
    void addressInConflictStandsInSeveralRowsOrIsAResidents() {
        var addresses = shop(Style.csv())
                .rows()
                .filter(row -> "EMAIL_TWICE".equals(row.fate().reason()))
                .collect(Collectors.groupingBy(FormerRow::canonical, Collectors.counting()));
        var taken = shop(Style.csv())
                .rows()
                .filter(row -> "EMAIL_TAKEN".equals(row.fate().reason()))
                .map(FormerRow::canonical);

        assertThat(addresses.values()).isNotEmpty().allMatch(rows -> rows > 1);
        assertThat(taken)
                .isNotEmpty()
                .isSubsetOf(
                        shop(Style.csv()).residents().map(Resident::canonical).toList());
    }

    @Test
    void passwordsAreOfEveryFormatAndOnlyTheirOwnersNeedNoClaim() {
        var rows =
                shop(Style.csv()).rows().filter(row -> row.fate().hasAccount()).toList();

        assertThat(rows).allMatch(row -> (row.fate().outcome() == Outcome.MIGRATED) == (row.password() != null));
        assertThat(rows.stream()
                        .flatMap(row -> Stream.ofNullable(row.password()))
                        .map(vector -> vector.format())
                        .distinct())
                .hasSize(26);
        assertThat(rows.stream()
                        .flatMap(row -> Stream.ofNullable(row.password()))
                        .distinct()
                        .count())
                .as("few enough to sign in with each of them")
                .isLessThan(500);
    }

    /** Strictly, by a reader that lets nothing pass. */
    @ParameterizedTest
    @MethodSource("tables")
    void tableSaysWhatTheRowsSay(Style style) throws IOException {
        var text = new String(bytes(shop(style)), style.charset());
        var read = CsvReader.builder()
                .fieldSeparator(style.delimiter())
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofNamedCsvRecord(style.byteOrderMark() ? text.substring(1) : text)
                .stream();

        var written = shop(style).rows().iterator();
        read.forEach(record -> assertSays(record, written.next()));
        assertThat(written).isExhausted();
    }

    @Test
    void linesOfNdjsonAreAsManyAsTheRows() throws IOException {
        assertThat(new String(bytes(shop(Style.ndjson())), Style.ndjson().charset()).lines())
                .hasSize(SIZE)
                .allMatch(line -> line.startsWith("{"));
    }

    private static void assertSays(NamedCsvRecord record, FormerRow row) {
        assertThat(said(record)).as("%s", row).isEqualTo(written(row));
    }

    private static FormerShop shop(Style style) {
        return new FormerShop(SIZE, 1, style);
    }

    private static byte[] bytes(FormerShop shop) throws IOException {
        var bytes = new ByteArrayOutputStream();
        shop.file().writeTo(bytes);
        return bytes.toByteArray();
    }

    private static Map<String, String> said(NamedCsvRecord cells) {
        return cells.getFieldsAsMap().entrySet().stream()
                .filter(cell -> !cell.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> written(FormerRow row) {
        return row.cells().entrySet().stream()
                .filter(cell -> !cell.getValue().isEmpty())
                .filter(cell -> row.damage() != Damage.LAST_CELL_MISSING || cell.getKey() != Column.FORMER_EMAILS)
                .collect(Collectors.toMap(cell -> cell.getKey().title(), Map.Entry::getValue));
    }
}
