package dev.abendkasse.server.credit;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CaseAttention;
import dev.abendkasse.office.model.CaseFile;
import dev.abendkasse.office.model.CaseKind;
import dev.abendkasse.office.model.CaseRule;
import dev.abendkasse.office.model.CaseSettlement;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Confirmed;
import dev.abendkasse.server.credit.domain.Reconciliation;
import dev.abendkasse.server.credit.domain.Reconciliation.Difference;
import dev.abendkasse.server.credit.store.CreditBooksStore;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Snippet;
import dev.abendkasse.server.testing.Theatre;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Accounts are compared with their entries and orders, and people hear of it when they differ. */
class CreditReconcilerTests {

    private static Theatre theatre;
    private static Theatre replica;

    private final String email = "books-" + UUID.randomUUID() + "@example.org";
    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private CustomerId customer;

    @BeforeAll
    static void openTheTheatre() {
        Map<String, Object> settings = Map.of("abendkasse.credit.reconcile-every", "1h");
        theatre = Theatre.open(settings);
        replica = theatre.replica(settings);
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    /** Nothing that an earlier test has falsified is left, and a new round begins. */
    @BeforeEach
    void buyOnAccount() {
        Theatre.execute(theatre.db(), "delete from case_file");
        Theatre.execute(theatre.db(), "delete from credit_entry");
        Theatre.execute(theatre.db(), "update credit_account set exposure = 0");
        Theatre.execute(theatre.db(), "update orders set customer_id = null");
        Theatre.execute(theatre.db(), "update credit_round set last_customer = null");
        customer = buyers.customer(email);
        assertThat(buy(customer)).isInstanceOf(Confirmed.class);
    }

    @Test
    void c5BooksThatAgreeAreNobodysBusiness() {
        assertThat(look()).isEqualTo(new Reconciliation(accounts(), List.of()));
    }

    @Test
    void c5AccountThatIsNotTheSumOfItsEntriesIsACase() throws ApiException {
        falsify("update credit_account set exposure = exposure + 700");

        var difference = onlyDifference();

        assertThat(difference.exposure()).isEqualTo(5_700);
        assertThat(difference.entered()).isEqualTo(5_000);
        assertThat(difference.owed()).isEqualTo(5_000);
        var file = file(difference);
        assertThat(file.getKind()).isEqualTo(CaseKind.TECHNICAL);
        assertThat(file.getAttention()).isEqualTo(CaseAttention.CONSPICUOUS);
        assertThat(file.getCustomerId()).isEqualTo(customer.value());
        assertThat(file.getOrderId()).isNull();
        assertThat(file.getNote()).contains("5700").contains("5000");
        assertThat(file.getFindings())
                .filteredOn(finding -> finding.getRule() == CaseRule.BOOKS_DIFFER)
                .singleElement()
                .satisfies(finding -> assertThat(finding.getFound()).isEqualTo(700));
        assertThat(count("select exposure from credit_account where customer_id = '" + customer.value() + "'"))
                .as("nothing is mended")
                .isEqualTo(5_700);
    }

    @Test
    void c5OrderThatChangesWithoutItsAccountIsACaseThatNamesIt() throws ApiException {
        falsify("update orders set total = total + 100");

        var difference = onlyDifference();

        assertThat(difference.owed()).isEqualTo(5_100);
        assertThat(file(difference).getNote()).contains("counts 5000, should count 5100");
    }

    @Test
    void c5EntryThatIsMissingIsACase() {
        falsify("delete from credit_entry");

        var difference = onlyDifference();

        assertThat(difference.entered()).isZero();
    }

    @Test
    void documentedQueryNamesTheAccountsThatDiffer() throws IOException {
        var query = theatre.db().sql(Snippet.sql(Path.of("docs/credit.md"), "differences"));
        assertThat(Awaited.of(query.mapValue(UUID.class).all().collectList())).isEmpty();

        falsify("update credit_account set exposure = exposure + 700");

        assertThat(Awaited.of(query.mapValue(UUID.class).all().collectList())).containsExactly(customer.value());
    }

    @Test
    void c5OneCaseIsOpenAtATimeAndSettlingItWithoutMendingOpensAnother() throws ApiException {
        falsify("update credit_account set exposure = exposure + 700");
        var first = onlyDifference();
        assertThat(look().found()).isEmpty();

        var file = file(first);
        expect(
                409,
                "case-kind-conflict",
                () -> theatre.office()
                        .cases()
                        .approveCase(first.caseNumber(), UUID.randomUUID(), etag(file), new CaseApproval()));
        theatre.office()
                .cases()
                .settleCase(
                        first.caseNumber(),
                        UUID.randomUUID(),
                        etag(file),
                        new CaseSettlement().reason("Seems all right"));

        assertThat(onlyDifference().caseNumber()).isNotEqualTo(first.caseNumber());
    }

    @Test
    void jobCountsWhatItHasLookedAtAndWhatDiffers() {
        falsify("update credit_account set exposure = exposure + 700");
        var looked = counted("abendkasse.credit.reconciled");
        var differences = counted("abendkasse.credit.differences");

        Awaited.of(theatre.server().bean(CreditReconciler.class).reconcile());

        assertThat(counted("abendkasse.credit.reconciled")).isEqualTo(looked + accounts());
        assertThat(counted("abendkasse.credit.differences")).isEqualTo(differences + 1);
        assertThat(count("select count(*) from case_file where kind = 'TECHNICAL'"))
                .isOne();
    }

    @Test
    void roundGoesOnWhereTheLastLookHasEndedOnWhicheverReplicaItWas() {
        for (int i = 0; i < 5; i++) {
            assertThat(buy(buyers.customer("more-" + UUID.randomUUID() + "@example.org")))
                    .isInstanceOf(Confirmed.class);
        }
        falsifyAll("update credit_account set exposure = exposure + 700");
        var seen = 0;
        var looks = 0;
        while (seen < accounts() && looks < accounts()) {
            var looked = Awaited.of(books(looks % 2 == 0 ? theatre : replica).reconcile(2, CaseNumber.candidates(2)));
            seen += looked.looked();
            looks++;
        }

        assertThat(looks).isEqualTo((accounts() + 1) / 2);
        assertThat(count("select count(*) from case_file where kind = 'TECHNICAL'"))
                .isEqualTo(accounts());
    }

    @Test
    void lookThatFindsMoreThanItMayOpenGoesOnBehindTheLastOfThem() {
        for (int i = 0; i < 3; i++) {
            buy(buyers.customer("more-" + UUID.randomUUID() + "@example.org"));
        }
        falsifyAll("update credit_account set exposure = exposure + 700");

        for (int i = 0; i < accounts(); i++) {
            Awaited.of(books(theatre).reconcile(100, CaseNumber.candidates(1)));
        }

        assertThat(count("select count(*) from case_file where kind = 'TECHNICAL'"))
                .isEqualTo(accounts());
    }

    @Test
    void p11AndC5ReplicasThatLookAtOnceWhileCustomersBuyFindNothingThatIsNotThere() {
        var others = Awaited.of(Flux.range(0, 10)
                .map(_ -> buyers.customer("busy-" + UUID.randomUUID() + "@example.org"))
                .collectList());
        var buying = Flux.fromIterable(others)
                .repeat(4)
                .flatMap(
                        one -> buyers.hold(one, new Selection(theatre.performance(), null, "ga", 1, "full"))
                                .flatMap(cart -> buyers.checkOut(cart, one, PurchaseMethod.INVOICE, email)),
                        16)
                .count();
        var looking = Flux.range(0, 60)
                .flatMap(n -> books(n % 2 == 0 ? theatre : replica).reconcile(500, CaseNumber.candidates(20)), 2)
                .flatMapIterable(Reconciliation::found)
                .collectList();

        var both = Awaited.of(buying.zipWith(looking));

        assertThat(both.getT2()).isEmpty();
        assertThat(look().found()).isEmpty();
    }

    private Object buy(CustomerId one) {
        return Awaited.of(buyers.hold(one, new Selection(theatre.performance(), null, "ga", 1, "full"))
                .flatMap(cart -> buyers.checkOut(cart, one, PurchaseMethod.INVOICE, email)));
    }

    private void falsify(String update) {
        Theatre.execute(theatre.db(), update + " where customer_id = '" + customer.value() + "'");
    }

    private static void falsifyAll(String update) {
        Theatre.execute(theatre.db(), update);
    }

    private Difference onlyDifference() {
        var found = look().found();
        assertThat(found).extracting(Difference::customerId).containsExactly(customer.value());
        return found.getFirst();
    }

    private static Reconciliation look() {
        return Awaited.of(books(theatre).reconcile(500, CaseNumber.candidates(20)));
    }

    private static CreditBooksStore books(Theatre at) {
        return at.server().bean(CreditBooksStore.class);
    }

    private static CaseFile file(Difference difference) throws ApiException {
        return theatre.office().cases().getCaseForStaff(difference.caseNumber());
    }

    private static String etag(CaseFile file) {
        return "\"" + file.getVersion() + "\"";
    }

    private static double counted(String counter) {
        return theatre.server().bean(MeterRegistry.class).counter(counter).count();
    }

    private static int accounts() {
        return (int) count("select count(*) from credit_account");
    }

    private static long count(String query) {
        return theatre.count(query);
    }
}
