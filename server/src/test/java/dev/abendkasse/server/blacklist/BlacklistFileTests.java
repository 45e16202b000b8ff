package dev.abendkasse.server.blacklist;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.BlacklistApi;
import dev.abendkasse.office.api.BlacklistFilesApi;
import dev.abendkasse.office.model.BlacklistDecision;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.BlacklistEvidence;
import dev.abendkasse.office.model.BlacklistImport;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.BlacklistSearch;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The blacklist as a file, in and out. */
class BlacklistFileTests {

    private static Theatre theatre;
    private static BlacklistFilesApi files;
    private static BlacklistApi blacklist;

    private final String email = Theatre.buyer().getEmail();

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        files = theatre.office().blacklistFiles();
        blacklist = theatre.office().blacklist();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void rowsBecomeEntriesWithReasonEvidenceAndEnd() throws ApiException {
        var taken = take("""
                email;reason;evidence;endsAt;whatever
                %s;"Sold tickets; at the door";"#100042: Seen by staff
                Also told by a guest";2099-06-30T22:00:00Z;x

                %s;Chargebacks;;;
                """.formatted(email, Theatre.buyer().getEmail()));

        assertThat(taken).isEqualTo(report(false, 2, 2, 0, 0));
        var entry = entries(email).getFirst();
        assertThat(entry.getReason()).isEqualTo("Sold tickets; at the door");
        assertThat(entry.getEvidence())
                .containsExactly(
                        new BlacklistEvidence().text("Seen by staff").orderNumber("100042"),
                        new BlacklistEvidence().text("Also told by a guest"));
        assertThat(entry.getEndsAt()).isEqualTo("2099-06-30T22:00:00Z");
        assertThat(entry.getCreatedBy()).isEqualTo("admin");
    }

    @Test
    void p8SameFileAgainAddsNothing() throws ApiException {
        var file = "email,reason\n" + email + ",Test\n";
        var key = UUID.randomUUID();

        var first = files.importBlacklistEntries(key, file, false, null);

        assertThat(files.importBlacklistEntries(key, file, false, null)).isEqualTo(first);
        assertThat(take(file)).isEqualTo(report(false, 1, 0, 1, 0));
        assertThat(entries(email)).hasSize(1);
        expect(422, "idempotency-key-reused", () -> files.importBlacklistEntries(key, file + "\n", false, null));
    }

    @Test
    void dryRunSaysWhatWouldBeAddedAndAddsNothing() throws ApiException {
        var file = "email,reason\n" + email + ",Test\n";

        assertThat(files.importBlacklistEntries(UUID.randomUUID(), file, true, null))
                .isEqualTo(report(true, 1, 1, 0, 0));

        assertThat(entries(email)).isEmpty();
    }

    @Test
    void openOrdersOfTheRowsEndOnlyIfTheFileIsTakenInSo() throws ApiException {
        var kept = reserve(email);
        var other = Theatre.buyer().getEmail();
        var ended = reserve(other);

        take("email,reason\n" + email + ",Test\n");
        files.importBlacklistEntries(
                UUID.randomUUID(), "email,reason\n" + other + ",Test\n", false, BlacklistDecision.END);

        assertThat(state(kept)).isEqualTo(OrderState.RESERVED);
        assertThat(state(ended)).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void exportIsReadAgainWithFormulasDefusedAndWithoutWhatIsOver() throws Exception {
        var lifted = add(Theatre.buyer().getEmail(), "Lifted");
        blacklist.liftBlacklistEntry(lifted.getEntryId(), new BlacklistLiftingNote());
        add(email, "=HYPERLINK(\"https://example.org\")");

        var export = export(false);
        assertThat(export).contains("'=HYPERLINK").doesNotContain(",=HYPERLINK");
        Theatre.execute(theatre.db(), "delete from blacklist_entry where email = '" + email + "'");
        var taken = take(export);

        assertThat(taken.getAdded()).isOne();
        assertThat(taken.getPassedOver()).isPositive();
        assertThat(entries(email))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getReason()).startsWith("=HYPERLINK"));
    }

    @Test
    void b3KeyOfSomebodyWhoWasErasedIsExportedAndBlocksWhenItIsImported() throws Exception {
        var customer = new Buyers(theatre.server(), theatre.db()).customer(email);
        add(email, "Erased since");
        Theatre.execute(theatre.db(), "delete from customer_email where customer_id = '" + customer.value() + "'");
        var export = export(true);
        Theatre.execute(theatre.db(), "delete from blacklist_entry where reason = 'Erased since'");
        assertThat(entries(email)).isEmpty();

        take(export);

        assertThat(export).doesNotContain(email);
        assertThat(entries(email))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getEmail()).isNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name,why                                  | #row=1
            email,reason\\nnobody,Test                 | #cell=2,1
            email,reason\\nsomeone@example.org,        | #cell=2,2
            email,reason\\n,Test                       | #row=2
            customerId,reason\\n1,Test                 | #cell=2,1
            matchKey,reason\\nabc,Test                 | #cell=2,1
            reason,email,endsAt\\nTest,someone@example.org,tomorrow | #cell=2,3
            customerId,reason\\n0199d1f2-77aa-7b01-8c02-112233445566,Test | #row=2
            """)
    void faultsArePointedAtAndNothingIsAdded(String file, String pointer) throws ApiException {
        var before = theatre.count("select count(*) from blacklist_entry");
        var withFault = file.replace("\\n", "\n") + "\n";

        var problem = expect(422, "blacklist-file-invalid", () -> take(withFault));

        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo(pointer))
                .satisfies(fault -> assertThat(fault.getDetail()).doesNotContain("{", "fault."));
        assertThat(theatre.count("select count(*) from blacklist_entry")).isEqualTo(before);
    }

    @Test
    void moreRowsThanAreTakenAreAFault() {
        var file = "email,reason\n" + (email + ",Test\n").repeat(2001);

        assertThat(expect(422, "blacklist-file-invalid", () -> take(file)).getErrors())
                .singleElement()
                .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo("#row=2002"));
    }

    private static String export(boolean active) throws Exception {
        var file = files.getBlacklistExport(active).toPath();
        try {
            return Files.readString(file);
        } finally {
            Files.delete(file);
        }
    }

    private static BlacklistImport take(String file) throws ApiException {
        return files.importBlacklistEntries(UUID.randomUUID(), file, false, null);
    }

    private static BlacklistImport report(boolean dryRun, int rows, int added, int known, int passedOver) {
        return new BlacklistImport()
                .dryRun(dryRun)
                .rows(rows)
                .added(added)
                .known(known)
                .passedOver(passedOver);
    }

    private static List<BlacklistEntry> entries(String address) throws ApiException {
        return blacklist
                .searchBlacklistEntries(new BlacklistSearch().email(address))
                .getItems();
    }

    private static BlacklistEntry add(String address, String reason) throws ApiException {
        return blacklist.addBlacklistEntry(
                UUID.randomUUID(), new BlacklistDraft().email(address).reason(reason));
    }

    private static Outcome.Reserved reserve(String address) throws ApiException {
        var cart = theatre.shop()
                .carts()
                .createCart(
                        new CartCreation().items(theatre.best("ga", 1)).buyer(Theatre.buyer(address)),
                        UUID.randomUUID());
        var request = new CheckoutRequest().paymentMethod(PaymentMethod.PAY_LATER);
        return (Outcome.Reserved) Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request);
    }

    private static OrderState state(Outcome.Reserved outcome) throws ApiException {
        return theatre.shop()
                .withOrderToken(outcome.orderToken())
                .orders()
                .getOrder(outcome.order().getOrderId())
                .getState();
    }
}
