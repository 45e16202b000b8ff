package dev.abendkasse.server.migration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.abendkasse.office.api.CustomerImportsApi;
import dev.abendkasse.office.model.CustomerImport;
import dev.abendkasse.office.model.CustomerImportCell;
import dev.abendkasse.office.model.CustomerImportExplanation;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.office.model.CustomerImportOutcome;
import dev.abendkasse.office.model.CustomerImportRow;
import dev.abendkasse.office.model.CutOverSignature;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.CustomerFiles;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that became no account are explained one by one, mended by a later file, or signed for as a list. */
class ImportExceptionTests {

    private Theatre theatre;
    private CustomerImportsApi imports;

    /** Each has a cut-over of its own. */
    @BeforeEach
    void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.migration.look-every", "100ms"));
        imports = theatre.office().customerImports();
    }

    @AfterEach
    void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void p9OnceEveryRowIsExplainedTheCutOverOpensSignInAndNewsletterWithAnEmptyList() throws ApiException {
        var done = apply("1,broken,Broken\n2,good@example.org,Good\n3,worse,Worse\n");

        explain(done, "A test account", 1);
        assertThat(imports.getCutOver().getUnexplained()).isOne();
        var now = explain(done, "Was called", 3);
        assertThat(now.getUnexplained()).isZero();
        assertThat(imports.getCutOver().getUnexplained()).isZero();
        assertThat(imports.getCutOver().getLoginOpen()).isFalse();
        sign(imports.getCutOver().getExceptionsDigest());

        assertThat(imports.getCutOver().getLoginOpen()).isTrue();
        assertThat(imports.getCutOver().getNewsletterOpen()).isTrue();
        assertThat(rows(done, true))
                .extracting(
                        CustomerImportRow::getRow, CustomerImportRow::getExplanation, CustomerImportRow::getExplainedBy)
                .containsExactly(tuple(1L, "A test account", "admin"), tuple(3L, "Was called", "admin"));
    }

    @Test
    void rowIsShownAsTheSourceHadItAndPageByPage() throws ApiException {
        var done = apply("1,broken,Broken\n2,worse,Worse\n3,worst,Worst\n");

        var first = imports.listCustomerImportRows(done.getImportId(), null, null, 2);
        var rest = imports.listCustomerImportRows(done.getImportId(), false, first.getNextCursor(), 2);

        assertThat(first.getItems()).extracting(CustomerImportRow::getRow).containsExactly(1L, 2L);
        assertThat(rest.getNextCursor()).isNull();
        var row = rest.getItems().getFirst();
        assertThat(row.getOutcome()).isEqualTo(CustomerImportOutcome.REJECTED);
        assertThat(row.getReason()).isEqualTo("VALUE_MALFORMED");
        assertThat(row.getColumn()).isEqualTo("email");
        assertThat(row.getCells())
                .extracting(CustomerImportCell::getColumn, CustomerImportCell::getText)
                .containsExactly(tuple("customerNumber", "3"), tuple("email", "worst"), tuple("name", "Worst"));
    }

    @Test
    void explanationStaysAndIsCountedOnce() throws ApiException {
        var done = apply("1,broken,Broken\n2,worse,Worse\n");

        explain(done, "First", 1);
        var again = explain(done, "Second", 1, 2);

        assertThat(again.getUnexplained()).isZero();
        assertThat(rows(done, true))
                .extracting(CustomerImportRow::getExplanation)
                .containsExactly("First", "Second");
    }

    @Test
    void rowThatIsNoExceptionIsNotFoundAndNothingIsExplained() throws ApiException {
        var done = apply("1,broken,Broken\n2,good@example.org,Good\n");

        for (var number : new long[] {2, 7}) {
            var refused = catchThrowableOfType(ApiException.class, () -> explain(done, "None", 1, number));
            assertThat(refused.getCode()).isEqualTo(404);
            assertThat(refused.getResponseBody()).contains("customer-import-row-not-found");
        }
        assertThat(rows(done, true)).isEmpty();
    }

    @Test
    void dryRunHasNothingToExplain() throws ApiException {
        var checked = upload(CustomerImportMode.DRY_RUN, "1,broken,Broken\n");

        var refused = catchThrowableOfType(ApiException.class, () -> explain(checked, "None", 1));

        assertThat(refused.getResponseBody()).contains("customer-import-state");
    }

    @Test
    void p9RowOfWhichALaterFileMadeAnAccountIsExplainedByThat() throws ApiException {
        var done = apply("1,broken,Broken\n2,worse,Worse\n");

        var later = apply("1,mended@example.org,Mended\n");

        assertThat(later.getUnexplained()).isZero();
        assertThat(imports.getCustomerImport(done.getImportId()).getUnexplained())
                .isOne();
        assertThat(rows(done, true))
                .singleElement()
                .satisfies(row -> assertThat(row.getExplanation())
                        .contains(later.getImportId().toString()));
    }

    @Test
    void p9ListThatIsSignedExplainsWhatIsLeftAndNoLongerFitsOnceARowIsExplained() throws ApiException {
        var done = apply("1,broken,Broken\n2,worse,Worse\n");
        var before = imports.getCutOver().getExceptionsDigest();
        explain(done, "A test account", 1);

        var refused = catchThrowableOfType(ApiException.class, () -> sign(before));
        assertThat(refused.getCode()).isEqualTo(409);
        sign(imports.getCutOver().getExceptionsDigest());

        assertThat(rows(done, false)).isEmpty();
        assertThat(rows(done, true))
                .extracting(CustomerImportRow::getExplanation)
                .containsExactly("A test account", "All were called");
        assertThat(imports.getCutOver().getLoginOpen()).isTrue();
    }

    @Test
    void p9RowsThatManyExplainWhileSomebodySignsAreEachExplainedOnceAndCountedOnce() throws Exception {
        var rows = 40;
        var done = apply(IntStream.rangeClosed(1, rows)
                .mapToObj(row -> row + ",broken,Broken\n")
                .collect(joining()));
        var steps = Stream.concat(
                IntStream.rangeClosed(0, 6).mapToObj(step ->
                        (AtOnce.Step) () -> explain(done, "Explained", step * 5 + 1, step * 5 + 5, step * 5 + 8)),
                Stream.<AtOnce.Step>generate(() -> this::signWhatIsSeen).limit(3));

        AtOnce.run(steps.toArray(AtOnce.Step[]::new));

        var left = theatre.count("select count(*) from customer_import_row where is_unexplained(customer_import_row)");
        assertThat(imports.getCustomerImport(done.getImportId()).getUnexplained())
                .isEqualTo(left);
        assertThat(theatre.count("select count(*) from customer_import_row where signature_id is not null"))
                .isEqualTo(theatre.count("select coalesce(sum(row_count), 0)::bigint from cut_over_signature"));
        assertThat(
                        theatre.count(
                                "select count(*) from customer_import_row where signature_id is not null and explained_at is not null"))
                .isZero();
    }

    /** Refused when another was quicker. */
    private void signWhatIsSeen() throws ApiException {
        try {
            sign(imports.getCutOver().getExceptionsDigest());
        } catch (ApiException refused) {
            assertThat(refused.getResponseBody()).contains("cut-over-not-ready");
        }
    }

    @Test
    void whatStandsInExplainedRowsIsForgottenAfterAWhileAndWhatStandsInOthersIsNot() throws ApiException {
        var done = apply("1,broken,Broken\n2,worse,Worse\n");
        var checked = upload(CustomerImportMode.DRY_RUN, "3,third@example.org,Third\n");
        explain(done, "A test account", 1);

        forget(3600);
        assertThat(rows(done, true).getFirst().getCells()).isNotEmpty();
        forget(0);

        assertThat(rows(done, true).getFirst().getCells()).isEmpty();
        assertThat(rows(done, false).getFirst().getCells()).isNotEmpty();
        assertThat(imports.getCustomerImport(checked.getImportId()).getState().getValue())
                .isEqualTo("CANCELLED");
    }

    private void forget(int seconds) {
        Theatre.execute(
                theatre.db(),
                "select forget_import_rows(jsonb_build_object('seconds', " + seconds + ", 'limit', 1000))");
    }

    private CustomerImport apply(String rows) throws ApiException {
        return upload(CustomerImportMode.APPLY, rows);
    }

    private CustomerImport upload(CustomerImportMode mode, String rows) throws ApiException {
        var importId = CustomerFiles.upload(
                theatre.office(), "former-shop", OffsetDateTime.now(), mode, "customerNumber,email,name", rows);
        return Upload.to(theatre).done(importId);
    }

    private CustomerImport explain(CustomerImport done, String note, long... rows) throws ApiException {
        var numbers = new LinkedHashSet<Long>();
        for (var row : rows) {
            numbers.add(row);
        }
        return imports.explainCustomerImportRows(
                done.getImportId(),
                new CustomerImportExplanation().rows(numbers).note(note));
    }

    private List<CustomerImportRow> rows(CustomerImport done, boolean explained) throws ApiException {
        return imports.listCustomerImportRows(done.getImportId(), explained, null, 100)
                .getItems();
    }

    private void sign(String digest) throws ApiException {
        imports.openCutOver(new CutOverSignature().exceptionsDigest(digest).note("All were called"));
    }
}
