package dev.abendkasse.server.cases;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CasesApi;
import dev.abendkasse.office.model.CaseAssignment;
import dev.abendkasse.office.model.CaseAttention;
import dev.abendkasse.office.model.CaseFile;
import dev.abendkasse.office.model.CaseRule;
import dev.abendkasse.office.model.CaseState;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How staff find the cases that they have to look after, and why some need a closer look. */
class CaseQueueTests {

    private static Theatre theatre;
    private static CasesApi cases;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of(
                "abendkasse.checkout.credit-limit", "10000",
                "abendkasse.order.sweep-every", "1h",
                "abendkasse.cases.attention.account-days", "0",
                "abendkasse.cases.attention.orders-per-day", "3",
                "abendkasse.cases.attention.amount", "35000"));
        cases = theatre.office().cases();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void orderFarOverTheLimitIsConspicuous() throws ApiException {
        var file = Review.onAccount(theatre, 3).file();

        assertThat(file.getFindings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.getRule()).isEqualTo(CaseRule.OVERRUN));
        assertThat(file.getAttention()).isEqualTo(CaseAttention.CONSPICUOUS);
    }

    @Test
    void eachRuleSaysWhatItFoundAndFromWhereOnItCounts() throws ApiException {
        var first = Review.onAccount(theatre, 8);

        var finding = first.file().getFindings();

        assertThat(finding).extracting("rule").containsExactlyInAnyOrder(CaseRule.OVERRUN, CaseRule.AMOUNT);
        var overrun = finding.stream()
                .filter(one -> one.getRule() == CaseRule.OVERRUN)
                .findFirst()
                .orElseThrow();
        assertThat(overrun.getFound()).isEqualTo(300);
        assertThat(overrun.getThreshold()).isEqualTo(50);
        assertThat(overrun.getText()).contains("300", "50");
    }

    @Test
    void ordinaryMatterIsRoutine() throws ApiException {
        var customer =
                new Buyers(theatre.server(), theatre.db()).customer("calm-" + UUID.randomUUID() + "@example.org");

        var file = cases.getCaseForStaff(limitRequest(customer));

        assertThat(file.getFindings()).isEmpty();
        assertThat(file.getAttention()).isEqualTo(CaseAttention.ROUTINE);
    }

    @Test
    void whoHasAnotherCaseOrHadOneRejectedIsLookedAtClosely() throws ApiException {
        var review = Review.onAccount(theatre, 3);
        var besides = cases.getCaseForStaff(limitRequest(review.customer()));
        Theatre.execute(
                theatre.db(),
                "update case_file set state = 'SETTLED' where case_number = '" + besides.getCaseNumber() + "'");
        review.reject();
        var afterwards = cases.getCaseForStaff(limitRequest(review.customer()));

        assertThat(besides.getFindings()).extracting("rule").containsExactly(CaseRule.OPEN_CASES);
        assertThat(afterwards.getFindings()).extracting("rule").containsExactly(CaseRule.REJECTED_CASES);
    }

    @Test
    void guestIsKnownByTheAddressHoweverItIsWritten() throws ApiException {
        var name = "guest" + UUID.randomUUID().toString().substring(0, 8);
        Review.of(theatre, 3, PurchaseMethod.PAY_LATER, null, name + "@gmail.com")
                .reject();
        var second = Review.of(theatre, 3, PurchaseMethod.PAY_LATER, null, name + "+x@gmail.com");
        assertThat(second.file().getFindings()).extracting("rule").containsExactly(CaseRule.REJECTED_CASES);
        second.reject();
        var third = Review.of(theatre, 3, PurchaseMethod.PAY_LATER, null, name.toUpperCase() + "@googlemail.com");

        assertThat(third.file().getFindings())
                .extracting("rule")
                .containsExactlyInAnyOrder(CaseRule.REJECTED_CASES, CaseRule.ORDERS);
    }

    @Test
    void caseIsFoundByAttentionAssigneeAndAge() throws ApiException {
        var review = Review.onAccount(theatre, 3);
        var other = Review.onAccount(theatre, 3);
        var assigned = cases.assignCase(review.caseNumber(), review.version(), new CaseAssignment().assignee("admin"));

        assertThat(assigned.getAssignee()).isEqualTo("admin");
        assertThat(found(null, "admin", null, null))
                .contains(review.caseNumber())
                .doesNotContain(other.caseNumber());
        assertThat(found(null, null, false, null)).contains(other.caseNumber()).doesNotContain(review.caseNumber());
        assertThat(found(null, null, true, null)).contains(review.caseNumber()).doesNotContain(other.caseNumber());
        assertThat(found(CaseAttention.CONSPICUOUS, null, null, null)).contains(other.caseNumber());
        assertThat(found(CaseAttention.ROUTINE, null, null, null)).doesNotContain(other.caseNumber());
        assertThat(found(null, null, null, OffsetDateTime.now().minusHours(1))).doesNotContain(other.caseNumber());
        assertThat(found(null, null, null, OffsetDateTime.now().plusHours(1))).contains(other.caseNumber());
    }

    @Test
    void caseIsGivenOnlyToSomebodyOnTheStaffAndMayBeGivenBack() throws ApiException {
        var review = Review.onAccount(theatre, 3);

        expect(
                422,
                "staff-unknown",
                () -> cases.assignCase(review.caseNumber(), review.version(), new CaseAssignment().assignee("nobody")));
        cases.assignCase(review.caseNumber(), review.version(), new CaseAssignment().assignee("admin"));
        var nobodys = cases.assignCase(review.caseNumber(), review.version(), new CaseAssignment());

        assertThat(nobodys.getAssignee()).isNull();
    }

    @Test
    void clerkTakesTheOrderOverFromItsCaseAndTheCaseStaysOpen() throws ApiException {
        var review = Review.onAccount(theatre, 3);
        var clerk = Till.ofStaff(theatre);

        var order = takeOver(clerk, review.file().getOrderId());

        assertThat(review.file().getState()).isEqualTo(CaseState.OPEN);
        expect(409, "case-open", () -> clerk.reserve(order, null));
        expect(409, "held-by-clerk", review::reject);
        clerk.handBack(order);
        assertThat(review.now().getState()).isEqualTo(OrderState.UNDER_REVIEW);
    }

    @Test
    void clerkMayReserveWhatWasApprovedAndNoMore() throws ApiException {
        var review = Review.onAccount(theatre, 3);
        var clerk = Till.ofStaff(theatre);
        var order = takeOver(clerk, review.order());

        review.approve();
        assertThat(review.now().getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
        var larger = clerk.add(order, theatre.best("ga", 1));
        expect(409, "over-limit", () -> clerk.reserve(larger, null));
        var asApproved = clerk.remove(larger, larger.getItems().getLast().getItemId());

        assertThat(clerk.reserve(asApproved, null).getState().getValue()).isEqualTo("RESERVED");
        assertThat(review.owed()).isEqualTo(15_000);
    }

    @Test
    void orderThatWasApprovedAtTheDeskIsCompletedWhenItIsHandedBack() throws ApiException {
        var review = Review.onAccount(theatre, 3);
        var clerk = Till.ofStaff(theatre);
        var order = takeOver(clerk, review.order());
        review.approve();

        clerk.handBack(order);

        assertThat(review.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(review.owed()).isEqualTo(15_000);
    }

    @Test
    void reservationThatWasApprovedAtTheDeskIsHeldForItsOwnTimeOnly() throws ApiException {
        var review = Review.of(theatre, 3, PurchaseMethod.PAY_LATER, true);
        var clerk = Till.ofStaff(theatre);
        var order = takeOver(clerk, review.order());
        review.approve();

        clerk.handBack(order);

        assertThat(review.now().getState()).isEqualTo(OrderState.RESERVED);
        assertThat(review.now().getHeldUntil()).isEqualTo(review.now().getPayUntil());
        assertThat(review.now().getHeldUntil()).isBefore(OffsetDateTime.now().plusDays(8));
    }

    @Test
    void moneyAtTheDeskSettlesTheCase() throws ApiException {
        var review = Review.onAccount(theatre, 3);
        var clerk = Till.ofStaff(theatre);

        clerk.pay(takeOver(clerk, review.order()), 15_000);

        assertThat(review.file().getState()).isEqualTo(CaseState.SETTLED);
        assertThat(review.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(review.owed()).isZero();
    }

    /** People are looking at it: whoever takes it over says why. */
    private static BoxOfficeOrder takeOver(Till clerk, UUID order) throws ApiException {
        return clerk.confirm(clerk.warn(order), "The buyer calls").getOrder();
    }

    private static String limitRequest(CustomerId customer) {
        var number = CaseNumber.random().value();
        Theatre.execute(
                theatre.db(),
                "insert into case_file (case_number, kind, customer_id, requested_limit, currency) values ('" + number
                        + "', 'LIMIT_REQUEST', '" + customer.value() + "', 80000, 'EUR')");
        return number;
    }

    private static List<String> found(
            CaseAttention attention, String assignee, Boolean assigned, OffsetDateTime openedBefore)
            throws ApiException {
        return cases
                .listCases(null, CaseState.OPEN, attention, assignee, assigned, openedBefore, null, null, 100)
                .getItems()
                .stream()
                .map(CaseFile::getCaseNumber)
                .toList();
    }
}
