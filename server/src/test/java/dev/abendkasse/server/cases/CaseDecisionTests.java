package dev.abendkasse.server.cases;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CasesApi;
import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CaseRejection;
import dev.abendkasse.office.model.CaseRule;
import dev.abendkasse.office.model.CaseSettlement;
import dev.abendkasse.office.model.CaseState;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people decide of cases, and what that does to their orders. */
class CaseDecisionTests {

    private static Postbox postbox;
    private static Theatre theatre;
    private static CasesApi cases;

    @BeforeAll
    static void openTheTheatre() {
        postbox = Postbox.open();
        var settings = new HashMap<String, Object>(postbox.settings());
        settings.putAll(Map.of("abendkasse.checkout.credit-limit", "0", "abendkasse.order.sweep-every", "1h"));
        theatre = Theatre.open(settings);
        Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        cases = theatre.office().cases();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        postbox.close();
    }

    @Test
    void p6ApprovedOrderIsConfirmedOnAccountAndCountsThoughItPassesTheLimit() throws Exception {
        var review = Review.onAccount(theatre, 2);
        assertThat(review.owed()).as("under review").isZero();
        assertThat(review.file().getFindings()).extracting("rule").contains(CaseRule.NEW_CUSTOMER);

        var file = review.approve();

        assertThat(file.getState()).isEqualTo(CaseState.APPROVED);
        assertThat(file.getDecision().getBy()).isEqualTo("admin");
        assertThat(file.getDecision().getReason()).isEqualTo("Pays in time");
        assertThat(file.getCreditThen().getExposure().getAmount()).isZero();
        assertThat(file.getCreditNow().getExposure().getAmount()).isEqualTo(10_000);
        assertThat(review.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(review.now().getPaymentStatus()).isEqualTo(PaymentStatus.UNPAID);
        assertThat(review.owed()).isEqualTo(10_000);
        assertThat(review.buyer().invoices().listInvoices(review.order()).getItems())
                .hasSize(1);
        assertThat(review.buyer().tickets().listTickets(review.order()).getItems())
                .hasSize(2);
        // Under review, accepted, confirmed with its tickets.
        assertThat(postbox.mailsTo(review.email(), 3)).hasSize(3);
    }

    @Test
    void p8DecisionIsTakenOnceHoweverOftenItIsSent() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        var key = UUID.randomUUID();
        var version = review.version();
        var approval = new CaseApproval().reason("Known");

        var first = cases.approveCase(review.caseNumber(), key, version, approval);
        var again = cases.approveCase(review.caseNumber(), key, version, approval);

        assertThat(again).isEqualTo(first);
        expect(
                422,
                "idempotency-key-reused",
                () -> cases.approveCase(review.caseNumber(), key, version, new CaseApproval().reason("Other")));
        expect(409, "case-ended", review::approve);
        expect(409, "case-ended", review::reject);
        assertThat(review.owed()).isEqualTo(5_000);
    }

    @Test
    void nobodyDecidesOnWhatTheyHaveNotSeen() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        var seen = review.version();
        theatre.office()
                .cases()
                .assignCase(
                        review.caseNumber(), seen, new dev.abendkasse.office.model.CaseAssignment().assignee("admin"));

        expect(
                412,
                "version-conflict",
                () -> cases.approveCase(review.caseNumber(), UUID.randomUUID(), seen, new CaseApproval()));
        assertThat(review.now().getState()).isEqualTo(OrderState.UNDER_REVIEW);
    }

    @Test
    void rejectedOrderGivesItsSeatsBackAndItsBuyerIsTold() throws Exception {
        var review = Review.onAccount(theatre, 1);

        var file = review.reject();

        assertThat(file.getState()).isEqualTo(CaseState.REJECTED);
        assertThat(review.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(theatre.count("select count(*) from place where holder = '" + review.order() + "'"))
                .isZero();
        assertThat(review.owed()).isZero();
        assertThat(postbox.mailsTo(review.email(), 2).getLast().getSubject()).contains("Auftrag");
    }

    @Test
    void c9CaseThatRanOutCannotBeDecidedAndItsSeatsAreFree() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        var version = review.version();
        theatre.letTimePass(review.order());

        expect(
                409,
                "case-ended",
                () -> cases.approveCase(review.caseNumber(), UUID.randomUUID(), version, new CaseApproval()));
        assertThat(review.now().getState()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void reservationThatWasOverTheLimitIsReservedOnceApproved() throws ApiException {
        var review = Review.of(theatre, 1, PurchaseMethod.PAY_LATER, true);

        review.approve();

        var order = review.now();
        assertThat(order.getState()).isEqualTo(OrderState.RESERVED);
        assertThat(order.getPaymentMethod()).isEqualTo(PaymentMethod.PAY_LATER);
        assertThat(order.getPayUntil()).isAfter(order.getCreatedAt().plusDays(6));
        assertThat(review.owed()).isEqualTo(5_000);
    }

    @Test
    void p6ReservationThatHasRunOutIsOverOnceItsMoneyGoesBack() throws ApiException {
        var review = Review.of(theatre, 1, PurchaseMethod.PAY_LATER, true);
        review.approve();
        book(review, 3_000);
        assertThat(review.owed()).isEqualTo(2_000);
        theatre.letTimePass(review.order());

        book(review, 1_000);

        assertThat(theatre.count(
                        "select count(*) from orders where state = 'EXPIRED' and order_id = '" + review.order() + "'"))
                .isOne();
        assertThat(review.owed()).isZero();
        assertThat(theatre.count("select sum(amount)::bigint from refund where order_id = '" + review.order() + "'"))
                .isEqualTo(4_000);
    }

    @Test
    void guestsOrderThatWasTooMuchForAGuestIsReservedAndTouchesNoAccount() throws ApiException {
        var review = Review.of(theatre, 3, PurchaseMethod.PAY_LATER, false);

        review.approve();

        assertThat(review.now().getState()).isEqualTo(OrderState.RESERVED);
        assertThat(theatre.count("select count(*) from credit_entry where order_id = '" + review.order() + "'"))
                .isZero();
    }

    @Test
    void p5MoneyThatHasComeInIsNotOwedAgain() throws ApiException {
        var review = Review.onAccount(theatre, 2);
        book(review, 3_000);

        review.approve();

        assertThat(review.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(review.now().getPaymentStatus()).isEqualTo(PaymentStatus.PART_PAID);
        assertThat(review.owed()).isEqualTo(7_000);
    }

    @Test
    void p5MoneyOfARejectedOrderGoesBackOnce() throws ApiException {
        var review = Review.onAccount(theatre, 2);
        book(review, 3_000);

        review.reject();

        assertThat(review.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(theatre.count("select sum(amount)::bigint from refund where order_id = '" + review.order() + "'"))
                .isEqualTo(3_000);
    }

    @Test
    void p5MoneyThatComesFirstSettlesTheCase() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        var version = review.version();
        book(review, 5_000);

        assertThat(review.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(review.file().getState()).isEqualTo(CaseState.SETTLED);
        expect(
                409,
                "case-ended",
                () -> cases.rejectCase(
                        review.caseNumber(), UUID.randomUUID(), version, new CaseRejection().reason("Too late")));
    }

    @Test
    void buyerWhoHasBeenBlockedMeanwhileIsOnlyAcceptedWithAReason() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        block(review);

        var problem = expect(409, "reason-required", () -> review.approve(new CaseApproval()));
        assertThat(problem.getErrors().getFirst().getPointer()).isEqualTo("#/reason");
        assertThat(review.now().getState()).isEqualTo(OrderState.UNDER_REVIEW);

        review.approve(new CaseApproval().reason("Settled on the phone"));
        assertThat(review.now().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void technicalCaseIsApprovedByALinkForTheSameOrder() throws Exception {
        var review = technical();

        review.approve(new CaseApproval());

        assertThat(review.now().getState()).isEqualTo(OrderState.AWAITING_PAYMENT);
        assertThat(theatre.count("select count(*) from payment_link where state = 'OPEN' and order_id = '"
                        + review.order() + "'"))
                .isOne();
        assertThat(postbox.mailsTo(review.email(), 3))
                .as("under review, accepted, the link")
                .anySatisfy(
                        mail -> assertThat(MailFixture.read(mail).text()).contains("https://shop.example.org/pay#"));
    }

    @Test
    void technicalCaseIsNotApprovedWhereNoLinkCanBeSent() throws ApiException {
        var review = technical();
        Theatre.execute(theatre.db(), "update shop set payment_page_url = null");
        try {
            expect(409, "payment-page-missing", () -> review.approve(new CaseApproval()));
        } finally {
            Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        }
        assertThat(review.now().getState()).isEqualTo(OrderState.UNDER_REVIEW);
        assertThat(review.file().getState()).isEqualTo(CaseState.OPEN);
    }

    @Test
    void customerWhoAsksForAnotherLimitGetsItOrWhatIsGrantedInstead() throws Exception {
        var asked = limitRequest(80_000);
        asked.approve();
        var granted = limitRequest(90_000);
        granted.approve(new CaseApproval().limit(new Money().amount(60_000L).currency("EUR")));
        var refused = limitRequest(99_000);
        refused.reject();

        assertThat(limitOf(asked)).isEqualTo(80_000);
        assertThat(limitOf(granted)).isEqualTo(60_000);
        assertThat(theatre.office()
                        .credit()
                        .getCreditAccount(refused.customer().value())
                        .getIsDefault())
                .isTrue();
        assertThat(MailFixture.read(postbox.mailTo(asked.email())).text()).contains("800,00");
        assertThat(MailFixture.read(postbox.mailTo(granted.email())).text()).contains("600,00");
        assertThat(postbox.mailTo(refused.email()).getSubject()).contains("Kreditlimit");
        expect(
                400,
                "invalid-request",
                () -> limitRequest(1)
                        .approve(new CaseApproval()
                                .limit(new Money().amount(60_000L).currency("CHF"))));
    }

    @Test
    void whatHasNoOrderToCompleteIsSettledAndNothingElse() throws ApiException {
        var number = CaseNumber.random().value();
        Theatre.execute(
                theatre.db(),
                "insert into case_file (case_number, kind, amount, currency) values ('" + number
                        + "', 'LATE_PAYMENT', 5000, 'EUR')");
        var review = Review.onAccount(theatre, 1);
        var late = new Review(theatre, review.email(), null, number, review.order());

        expect(409, "case-kind-conflict", late::approve);
        expect(409, "case-kind-conflict", late::reject);
        var done = cases.settleCase(
                number, UUID.randomUUID(), late.version(), new CaseSettlement().reason("The buyer has the money back"));
        assertThat(done.getState()).isEqualTo(CaseState.SETTLED);
        assertThat(done.getDecision().getReason()).isEqualTo("The buyer has the money back");
        expect(
                409,
                "case-kind-conflict",
                () -> cases.settleCase(
                        review.caseNumber(), UUID.randomUUID(), review.version(), new CaseSettlement().reason("No")));
    }

    private static Review limitRequest(long limit) {
        var review = Review.onAccount(theatre, 1);
        var number = CaseNumber.random().value();
        Theatre.execute(
                theatre.db(),
                "insert into case_file (case_number, kind, customer_id, requested_limit, currency) values ('" + number
                        + "', 'LIMIT_REQUEST', '" + review.customer().value() + "', " + limit + ", 'EUR')");
        postbox.mailTo(review.email());
        var email = "limit-" + UUID.randomUUID() + "@example.org";
        Theatre.execute(
                theatre.db(),
                "update customer_email set email = '" + email + "', canonical = '" + email + "' where customer_id = '"
                        + review.customer().value() + "'");
        return new Review(theatre, email, review.customer(), number, review.order());
    }

    private static long limitOf(Review review) throws ApiException {
        return theatre.office()
                .credit()
                .getCreditAccount(review.customer().value())
                .getLimit()
                .getAmount();
    }

    /** An order that could not be paid because the provider was not there. */
    private static Review technical() {
        var review = Review.onAccount(theatre, 1);
        Theatre.execute(
                theatre.db(),
                "update case_file set kind = 'TECHNICAL' where case_number = '" + review.caseNumber() + "'");
        Theatre.execute(
                theatre.db(), "update orders set payment_method = 'CARD' where order_id = '" + review.order() + "'");
        return review;
    }

    /** As a transfer that somebody has booked. */
    private static void book(Review review, long amount) {
        Theatre.execute(
                theatre.db(),
                "select book_money(orders, 'TRANSFER', " + amount + ", 'EUR', 'test:" + UUID.randomUUID() + "', '"
                        + CaseNumber.random().value() + "') from orders where order_id = '" + review.order() + "'");
    }

    /** By somebody who has not been asked about this order. */
    private static void block(Review review) {
        Theatre.execute(
                theatre.db(),
                "insert into blacklist_entry (customer_id, reason, created_by) values ('"
                        + review.customer().value() + "', 'A test', 'admin')");
    }
}
