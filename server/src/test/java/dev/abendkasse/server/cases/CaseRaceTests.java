package dev.abendkasse.server.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CaseRejection;
import dev.abendkasse.office.model.CaseState;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.office.model.ReceivedPaymentDraft;
import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A decision on one replica, and on another at the same time whatever else can happen to the order: one of them comes first. */
class CaseRaceTests {

    private static final int ROUNDS = Scale.of(100);
    private static final String DONE = "done";

    private static Theatre theatre;
    private static Theatre replica;
    private static AbendkasseOfficeClient here;
    private static AbendkasseOfficeClient there;
    private static Till clerk;

    @BeforeAll
    static void openTheTheatre() {
        var settings = new HashMap<>(BankTheatre.settings());
        settings.putAll(Map.of("abendkasse.checkout.credit-limit", "0", "abendkasse.order.sweep-every", "1h"));
        theatre = Theatre.open(settings);
        replica = theatre.replica(settings);
        here = theatre.office();
        there = replica.office();
        clerk = Till.ofStaff(replica);
    }

    @AfterAll
    static void closeTheTheatre() {
        assertThat(theatre.count("""
                select count(*) from credit_account account
                 where exposure <> (select coalesce(sum(delta), 0) from credit_entry
                                     where credit_entry.customer_id = account.customer_id)
                """))
                .as("accounts that differ from their entries")
                .isZero();
        replica.close();
        theatre.close();
    }

    @Test
    void p3OfTwoDecisionsOneIsTaken() throws Exception {
        var hall = theatre.anotherHall(1);
        for (int i = 0; i < ROUNDS; i++) {
            var review = Review.onAccount(hall, 1);
            var version = version(review);

            var answers = race(() -> approve(review, version), () -> reject(review, version));

            assertThat(answers).isIn(List.of(DONE, "case-ended"), List.of("case-ended", DONE));
            var isApproved = answers.getFirst().equals(DONE);
            assertThat(stateOf(review)).isEqualTo(isApproved ? "CONFIRMED" : "CANCELLED");
            assertThat(heldBy(review)).isEqualTo(isApproved ? 1 : 0);
            assertThat(review.owed()).isEqualTo(isApproved ? 5_000 : 0);
            assertThat(mails(review, "case-approved") + mails(review, "case-rejected"))
                    .isOne();
        }
    }

    @Test
    void p2AndC9ApprovalAgainstTheEndOfTheCaseKeepsTheSeatsOrFreesThem() throws Exception {
        var hall = theatre.anotherHall(1);
        for (int i = 0; i < ROUNDS; i++) {
            var review = Review.onAccount(hall, 1);
            var version = version(review);
            endWithin(review, 40);

            var answers = race(() -> approve(review, version), CaseRaceTests::sweep);
            sweep();

            assertThat(answers.getFirst()).isIn(DONE, "case-ended");
            var isApproved = answers.getFirst().equals(DONE);
            assertThat(stateOf(review)).isEqualTo(isApproved ? "CONFIRMED" : "EXPIRED");
            assertThat(caseOf(review)).isEqualTo(isApproved ? CaseState.APPROVED : CaseState.EXPIRED);
            assertThat(heldBy(review)).isEqualTo(isApproved ? 1 : 0);
            assertThat(review.owed()).isEqualTo(isApproved ? 5_000 : 0);
        }
    }

    @Test
    void p5ApprovalAgainstTheMoneyConfirmsOnceAndNothingIsOwed() throws Exception {
        var hall = theatre.anotherHall(1);
        for (int i = 0; i < ROUNDS; i++) {
            var review = Review.onAccount(hall, 1);
            var version = version(review);

            var answers = race(() -> approve(review, version), () -> book(review));

            assertThat(answers).isIn(List.of(DONE, DONE), List.of("case-ended", DONE));
            assertThat(caseOf(review))
                    .isEqualTo(answers.getFirst().equals(DONE) ? CaseState.APPROVED : CaseState.SETTLED);
            assertThat(stateOf(review)).isEqualTo("CONFIRMED");
            assertThat(review.owed()).isZero();
            assertThat(count("refund where true", review)).isZero();
            assertThat(mails(review, "order-confirmed")).isOne();
        }
    }

    @Test
    void p5RejectionAgainstTheMoneyConfirmsOrGivesItBackOnce() throws Exception {
        var hall = theatre.anotherHall(1);
        for (int i = 0; i < ROUNDS; i++) {
            var review = Review.onAccount(hall, 1);
            var version = version(review);

            var answers = race(() -> reject(review, version), () -> book(review));

            assertThat(answers).isIn(List.of(DONE, DONE), List.of("case-ended", DONE));
            var isRejected = answers.getFirst().equals(DONE);
            assertThat(stateOf(review)).isEqualTo(isRejected ? "CANCELLED" : "CONFIRMED");
            assertThat(count("refund where amount = 5000", review)).isEqualTo(isRejected ? 1 : 0);
            assertThat(heldBy(review)).isEqualTo(isRejected ? 0 : 1);
        }
    }

    @Test
    void h1DecisionAgainstTheClerkWhoTakesTheOrderOverLosesNothing() throws Exception {
        var hall = theatre.anotherHall(1);
        for (int i = 0; i < ROUNDS; i++) {
            var review = Review.onAccount(hall, 1);
            var version = version(review);
            var warning = clerk.warn(review.order());
            var approves = i % 2 == 0;

            var answers = race(
                    () -> approves ? approve(review, version) : reject(review, version),
                    () -> clerk.confirm(warning, "The buyer calls"));

            if (approves) {
                assertThat(answers)
                        .isIn(
                                List.of(DONE, DONE),
                                List.of(DONE, "order-state-conflict"),
                                List.of(DONE, "already-decided"));
                assertThat(stateOf(review)).isEqualTo(answers.getLast().equals(DONE) ? "AT_BOX_OFFICE" : "CONFIRMED");
                assertThat(heldBy(review)).isOne();
            } else {
                assertThat(answers)
                        .isIn(
                                List.of("held-by-clerk", DONE),
                                List.of(DONE, "order-state-conflict"),
                                List.of(DONE, "already-decided"));
                assertThat(stateOf(review)).isEqualTo(answers.getLast().equals(DONE) ? "AT_BOX_OFFICE" : "CANCELLED");
                assertThat(heldBy(review)).isEqualTo(answers.getLast().equals(DONE) ? 1 : 0);
            }
        }
    }

    private static Object approve(Review review, String version) throws ApiException {
        return here.cases()
                .approveCase(
                        review.caseNumber(), UUID.randomUUID(), version, new CaseApproval().reason("Pays in time"));
    }

    private static Object reject(Review review, String version) throws ApiException {
        return there.cases()
                .rejectCase(
                        review.caseNumber(), UUID.randomUUID(), version, new CaseRejection().reason("Owes too much"));
    }

    private static Object book(Review review) throws ApiException {
        return there.receivedPayments()
                .bookReceivedPayment(
                        UUID.randomUUID(),
                        new ReceivedPaymentDraft()
                                .orderId(review.order())
                                .amount(new Money().amount(5_000L).currency("EUR"))
                                .valueDate(BankTheatre.today()));
    }

    private static Object sweep() {
        Theatre.execute(
                replica.db(),
                "select expire_orders('{\"caseNumbers\": [\"7000000004\", \"7000000012\", \"7000000020\"]}')");
        return DONE;
    }

    /** What each came to: done, or the problem's code. */
    private static List<String> race(Callable<Object> first, Callable<Object> second) throws Exception {
        var answers = new String[2];
        AtOnce.run(() -> answers[0] = outcome(first), () -> answers[1] = outcome(second));
        return List.of(answers);
    }

    private static String outcome(Callable<Object> command) throws Exception {
        try {
            command.call();
            return DONE;
        } catch (ApiException refused) {
            return AbendkasseProblem.from(refused).orElseThrow().getCode();
        }
    }

    private static String version(Review review) throws ApiException {
        return Review.etag(here.cases().getCaseForStaff(review.caseNumber()));
    }

    private static CaseState caseOf(Review review) throws ApiException {
        return here.cases().getCaseForStaff(review.caseNumber()).getState();
    }

    private static void endWithin(Review review, int milliseconds) {
        Theatre.execute(theatre.db(), """
                with soon as (select clock_timestamp() + interval '%d milliseconds' as instant), ends as (
                    update orders set held_until = instant from soon where order_id = '%2$s')
                update place set held_until = instant from soon where holder = '%2$s'
                """.formatted(ThreadLocalRandom.current().nextInt(milliseconds), review.order()));
    }

    private static String stateOf(Review review) {
        return theatre.value("select state from orders where order_id = '" + review.order() + "'", String.class);
    }

    private static long heldBy(Review review) {
        return theatre.count("select count(*) from place where holder = '" + review.order()
                + "' and held_until > clock_timestamp()");
    }

    private static long mails(Review review, String template) {
        return theatre.count("select count(*) from outbox_message where kind = 'MAIL' and key like '" + template + ":"
                + review.order() + "%'");
    }

    private static long count(String from, Review review) {
        return theatre.count("select count(*) from " + from + " and order_id = '" + review.order() + "'");
    }
}
