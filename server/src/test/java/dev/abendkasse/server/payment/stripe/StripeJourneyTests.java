package dev.abendkasse.server.payment.stripe;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static dev.abendkasse.server.testing.PayPage.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentRequest;
import dev.abendkasse.sdk.model.PaymentState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole purchases through the SDK where Stripe takes the payments, with whatever Stripe may say, in any order. */
class StripeJourneyTests {

    private static final StripeStub STRIPE = new StripeStub();
    private static Theatre theatre;

    enum Failure {
        SERVER_ERROR(StripeStub.error(500, "api_error")),
        TOO_MANY_REQUESTS(StripeStub.error(429, "rate_limit")),
        REFUSED(StripeStub.error(400, "amount_too_small")),
        WRONG_KEY(StripeStub.error(401, "api_key_expired")),
        RESET(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        HANG(aResponse().withFixedDelay(60_000));

        private final ResponseDefinitionBuilder answer;

        Failure(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }
    }

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(STRIPE.settings());
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        STRIPE.close();
    }

    @BeforeEach
    void everythingWorksAtStripe() {
        STRIPE.reset();
    }

    @Test
    void buyerPaysWithThreeDSecureInTheFormOfTheShopAndHasTickets() throws ApiException {
        var outcome = (Outcome.PaymentRequired)
                theatre.checkOut(theatre.hold(theatre.seats("r1-1", "r1-2")), PaymentMethod.CARD);
        var payment = outcome.payment();

        assertThat(payment.getUrl()).isNull();
        assertThat(payment.getClientSecret()).isEqualTo(StripeStub.intentOf(payment.getPaymentId()) + "_secret_test");
        assertThat(payment.getState()).isEqualTo(PaymentState.ACTION_REQUIRED);

        send(StripeMessage.requiresAction(payment.getPaymentId()));
        assertThat(order(outcome).getState()).isEqualTo(OrderState.AWAITING_PAYMENT);
        send(StripeMessage.succeeded(payment.getPaymentId(), 10_000));

        assertThat(order(outcome).getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order(outcome).getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(order(outcome).getPayment().getClientSecret()).isNull();
        assertThat(validTickets(outcome)).isEqualTo(2);
    }

    @Test
    void buyerWhoseCardIsDeclinedPaysWithAnotherInTheSameForm() throws ApiException {
        var outcome = buy(PaymentMethod.CARD);
        var held = order(outcome).getHeldUntil();

        send(StripeMessage.failed(payment(outcome), Instant.now()));

        assertThat(order(outcome).getPayment()).isEqualTo(outcome.payment());
        assertThat(order(outcome).getHeldUntil()).isEqualTo(held);
        assertThat(STRIPE.cancels(payment(outcome))).isZero();
        send(StripeMessage.succeeded(payment(outcome), 5000));
        assertThat(order(outcome).getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void d9DirectDebitHoldsTheSeatUntilTheBankHasDecided() throws ApiException {
        var outcome = buy(PaymentMethod.SEPA_DEBIT);

        send(StripeMessage.processing(payment(outcome), Instant.now()));

        assertThat(order(outcome).getPayment().getState()).isEqualTo(PaymentState.PROCESSING);
        assertThat(order(outcome).getHeldUntil()).isAfter(OffsetDateTime.now().plusDays(13));
        send(StripeMessage.succeeded(payment(outcome), 5000));
        assertThat(order(outcome).getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void d7DirectDebitThatTheBankRefusesDaysLaterEndsTheAttemptHereAndAtStripe() throws ApiException {
        var outcome = buy(PaymentMethod.SEPA_DEBIT);
        send(StripeMessage.processing(payment(outcome), Instant.now().minus(Duration.ofDays(3))));

        send(StripeMessage.failed(payment(outcome), Instant.now()));

        assertThat(order(outcome).getPayment().getState()).isEqualTo(PaymentState.FAILED);
        assertThat(order(outcome).getState()).isEqualTo(OrderState.AWAITING_PAYMENT);
        assertThat(order(outcome).getHeldUntil())
                .isBetween(
                        OffsetDateTime.now().plusMinutes(20),
                        OffsetDateTime.now().plusMinutes(40));
        await(() -> STRIPE.cancels(payment(outcome)), cancels -> cancels == 1);
        var next = shop(outcome)
                .payments()
                .createPayment(outcome.orderId(), UUID.randomUUID(), new PaymentRequest().method(PspMethod.CARD));
        assertThat(next.getClientSecret()).startsWith(StripeStub.intentOf(next.getPaymentId()));
    }

    @Test
    void h4RefusalThatOvertakesTheProcessingItEndedStartsNoProcessing() throws ApiException {
        var outcome = buy(PaymentMethod.SEPA_DEBIT);
        var now = Instant.now();

        send(StripeMessage.failed(payment(outcome), now));
        send(StripeMessage.processing(payment(outcome), now.minusSeconds(5)));

        assertThat(order(outcome).getPayment().getState()).isEqualTo(PaymentState.ACTION_REQUIRED);
    }

    @Test
    void h4RefusalOfAnEarlierTryDoesNotEndTheProcessingOfTheNext() throws ApiException {
        var outcome = buy(PaymentMethod.SEPA_DEBIT);
        var now = Instant.now();

        send(StripeMessage.processing(payment(outcome), now));
        send(StripeMessage.failed(payment(outcome), now.minusSeconds(5)));

        assertThat(order(outcome).getPayment().getState()).isEqualTo(PaymentState.PROCESSING);
    }

    @Test
    void h4SuccessBeforeProcessingAndTwiceAndAfterAllElseConfirmsOnce() throws ApiException {
        var outcome = buy(PaymentMethod.PAYPAL);
        var success = StripeMessage.succeeded(payment(outcome), 5000);

        send(success);
        send(StripeMessage.processing(payment(outcome), Instant.now().minusSeconds(2)));
        send(StripeMessage.failed(payment(outcome), Instant.now().minusSeconds(9)));
        send(StripeMessage.cancelled(payment(outcome)));
        send(success);

        assertThat(order(outcome).getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order(outcome).getPayment().getState()).isEqualTo(PaymentState.SUCCEEDED);
        assertThat(booked(outcome)).isEqualTo(5000);
        assertThat(validTickets(outcome)).isOne();
        assertThat(STRIPE.refunds()).isEmpty();
    }

    @Test
    void d3SuccessAfterTheEndTakesTheSameSeat() throws ApiException {
        var outcome = buy(PaymentMethod.CARD);
        theatre.letTimePass(outcome.orderId());

        send(StripeMessage.succeeded(payment(outcome), 5000));

        assertThat(order(outcome).getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void d7SuccessThatIsFasterThanTheCancelAtStripeIsGivenBackOnceAndD2ToldTwiceToo() throws ApiException {
        var outcome = buy(PaymentMethod.CARD);
        STRIPE.cancelling(StripeStub.unexpectedState("succeeded"));
        cancel(outcome);
        await(() -> STRIPE.cancels(payment(outcome)), cancels -> cancels == 1);

        send(StripeMessage.succeeded(payment(outcome), 5000));
        send(StripeMessage.succeeded(payment(outcome), 5000));

        awaitRefund(outcome, "SUCCEEDED");
        assertThat(STRIPE.refunds()).singleElement().asString().contains("amount=5000", paymentField(outcome));
        assertThat(order(outcome).getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(booked(outcome)).isZero();
        assertThat(cases(outcome, "LATE_PAYMENT")).isOne();
    }

    @Test
    void cancelledHereIsCancelledAtStripe() throws ApiException {
        var outcome = buy(PaymentMethod.CARD);

        cancel(outcome);

        await(() -> STRIPE.cancels(payment(outcome)), cancels -> cancels == 1);
        send(StripeMessage.cancelled(payment(outcome)));
        assertThat(order(outcome).getPayment().getState()).isEqualTo(PaymentState.CANCELLED);
    }

    @Test
    void refundThatStripeIsWorkingOnEndsWithItsEvent() throws ApiException {
        STRIPE.refunding(StripeStub.refund("pending"));
        var outcome = paidTooLate();
        await(() -> STRIPE.refunds().size(), asked -> asked == 1);
        awaitRefund(outcome, "PENDING");

        send(StripeMessage.refund("refund.updated", payment(outcome), refund(outcome), "succeeded"));

        awaitRefund(outcome, "SUCCEEDED");
    }

    @Test
    void refundThatFailsAfterwardsIsForPeople() throws ApiException {
        var outcome = paidTooLate();
        awaitRefund(outcome, "SUCCEEDED");
        Theatre.execute(theatre.db(), "update case_file set state = 'SETTLED', ended_at = clock_timestamp()");

        send(StripeMessage.refund("refund.failed", payment(outcome), refund(outcome), "failed"));
        send(StripeMessage.refund("refund.updated", payment(outcome), refund(outcome), "failed"));

        awaitRefund(outcome, "BY_HAND");
        assertThat(openCases(outcome)).isOne();
    }

    @Test
    void refundThatStripeRefusesIsForPeople() throws ApiException {
        STRIPE.refunding(StripeStub.error(400, "charge_disputed"));

        awaitRefund(paidTooLate(), "BY_HAND");
    }

    @Test
    void d2RefundWhoseAnswerIsLostIsKnownByItsEventAndNotMadeAgain() throws ApiException {
        STRIPE.refunding(status(500));
        var outcome = paidTooLate();
        await(() -> STRIPE.refunds().size(), asked -> asked == 1);

        send(StripeMessage.refund("refund.created", payment(outcome), refund(outcome), "succeeded"));
        awaitRefund(outcome, "SUCCEEDED");
        Theatre.execute(theatre.db(), "update outbox_message set due_at = clock_timestamp() where state = 'WAITING'");

        await(
                () -> theatre.count(
                        "select count(*) from outbox_message where kind = 'PAYMENT_REFUND' and state = 'DONE'"
                                + " and key = '" + refund(outcome) + "'"),
                done -> done == 1);
        assertThat(STRIPE.refunds()).hasSize(1);
    }

    @Test
    void p5RefundThatStaffMadeInStripesDashboardIsBookedOnceAndPeopleDecideAboutTheTickets() throws ApiException {
        var outcome = paid();

        send(StripeMessage.foreignRefund(payment(outcome)));
        send(StripeMessage.foreignRefund(payment(outcome)));

        assertThat(theatre.count("select count(*) from refund where requested_by = 'provider' and state = 'SUCCEEDED'"
                        + " and amount = 5000 and payment_id = '" + payment(outcome) + "'"))
                .isOne();
        assertThat(booked(outcome)).isZero();
        assertThat(order(outcome).getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order(outcome).getPaymentStatus()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(validTickets(outcome)).isOne();
        assertThat(cases(outcome, "LATE_PAYMENT")).isOne();
    }

    @Test
    void d1SuccessWhoseEventIsLostIsAskedForWhenItIsTooLateToCancel() throws ApiException {
        STRIPE.cancelling(StripeStub.unexpectedState("succeeded"));
        var outcome = buy(PaymentMethod.CARD);
        STRIPE.showing(payment(outcome), "succeeded");

        Theatre.execute(
                theatre.db(),
                "update outbox_message set due_at = clock_timestamp() where kind = 'PAYMENT_CANCEL' and key = '"
                        + payment(outcome) + "'");
        // Somebody else's commit wakes the relay.
        buy(PaymentMethod.CARD);

        PayPage.await(() -> order(outcome), order -> order.getState() == OrderState.CONFIRMED);
    }

    @Test
    void disputeStopsTheTicketsAndWonRestoresThem() throws ApiException {
        var outcome = paid();

        dispute(outcome, "charge.dispute.created", "needs_response");
        dispute(outcome, "charge.dispute.funds_withdrawn", "needs_response");

        assertThat(order(outcome).getPaymentStatus()).isEqualTo(PaymentStatus.DISPUTED);
        assertThat(validTickets(outcome)).isZero();
        assertThat(openCases(outcome)).isOne();
        assertThat(booked(outcome)).isZero();

        dispute(outcome, "charge.dispute.updated", "under_review");
        dispute(outcome, "charge.dispute.closed", "won");
        dispute(outcome, "charge.dispute.funds_reinstated", "won");

        assertThat(order(outcome).getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(validTickets(outcome)).isOne();
        assertThat(openCases(outcome)).isZero();
        assertThat(booked(outcome)).isEqualTo(5000);
    }

    @Test
    void disputeThatIsLostEndsTheOrderAlsoIfItIsHeardOfOnlyThen() throws ApiException {
        var outcome = paid();

        dispute(outcome, "charge.dispute.closed", "lost");
        dispute(outcome, "charge.dispute.created", "needs_response");

        assertThat(order(outcome).getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(validTickets(outcome)).isZero();
        assertThat(booked(outcome)).isZero();
        assertThat(openCases(outcome)).as("people must know").isOne();
    }

    @Test
    void questionOfTheBankChangesNothingUntilItIsADispute() throws ApiException {
        var outcome = paid();

        dispute(outcome, "charge.dispute.created", "warning_needs_response");
        assertThat(order(outcome).getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(validTickets(outcome)).isOne();

        dispute(outcome, "charge.dispute.funds_withdrawn", "needs_response");
        assertThat(order(outcome).getPaymentStatus()).isEqualTo(PaymentStatus.DISPUTED);
    }

    @ParameterizedTest
    @EnumSource
    void stripeThatCannotBeUsedGivesACaseNumberAndTheSeatsStayHeld(Failure failure) throws ApiException {
        STRIPE.opening(failure.answer);

        var outcome = (Outcome.UnderReview) theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.CARD);

        assertThat(theatre.shop()
                        .withOrderToken(outcome.orderToken())
                        .orders()
                        .getOrder(outcome.orderId())
                        .getState())
                .isEqualTo(OrderState.UNDER_REVIEW);
        assertThat(theatre.count("select count(*) from place where holder = '" + outcome.orderId()
                        + "' and held_until > clock_timestamp()"))
                .isOne();
    }

    private static Outcome.PaymentRequired buy(PaymentMethod method) throws ApiException {
        return (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("ga", 1)), method);
    }

    private static Outcome.PaymentRequired paid() throws ApiException {
        var outcome = buy(PaymentMethod.CARD);
        send(StripeMessage.succeeded(payment(outcome), 5000));
        assertThat(order(outcome).getState()).isEqualTo(OrderState.CONFIRMED);
        return outcome;
    }

    /** Its money goes back. */
    private static Outcome.PaymentRequired paidTooLate() throws ApiException {
        var outcome = buy(PaymentMethod.CARD);
        cancel(outcome);
        send(StripeMessage.succeeded(payment(outcome), 5000));
        return outcome;
    }

    private static void cancel(Outcome.PaymentRequired outcome) throws ApiException {
        shop(outcome).orders().cancelOrder(outcome.orderId(), UUID.randomUUID());
    }

    private static void dispute(Outcome.PaymentRequired outcome, String type, String status) {
        send(StripeMessage.dispute(type, payment(outcome), status));
    }

    private static void send(StripeMessage message) {
        message.to(theatre.server());
    }

    private static AbendkasseClient shop(Outcome.PaymentRequired outcome) {
        return theatre.shop().withOrderToken(outcome.orderToken());
    }

    private static Order order(Outcome.PaymentRequired outcome) throws ApiException {
        return shop(outcome).orders().getOrder(outcome.orderId());
    }

    private static UUID payment(Outcome.PaymentRequired outcome) {
        return outcome.payment().getPaymentId();
    }

    private static String paymentField(Outcome.PaymentRequired outcome) {
        return "payment_intent=" + StripeStub.intentOf(payment(outcome));
    }

    private static UUID refund(Outcome.PaymentRequired outcome) {
        return Awaited.of(theatre.db()
                .sql("select refund_id from refund where order_id = '" + outcome.orderId() + "'")
                .mapValue(UUID.class)
                .one());
    }

    private static void awaitRefund(Outcome.PaymentRequired outcome, String state) throws ApiException {
        await(
                () -> theatre.count("select count(*) from refund where state = '" + state + "' and order_id = '"
                        + outcome.orderId() + "'"),
                found -> found == 1);
    }

    private static long validTickets(Outcome.PaymentRequired outcome) {
        return theatre.count(
                "select count(*) from ticket where revoked_at is null and order_id = '" + outcome.orderId() + "'");
    }

    private static long booked(Outcome.PaymentRequired outcome) {
        return theatre.count("select balance_of('" + outcome.orderId() + "')");
    }

    private static long cases(Outcome.PaymentRequired outcome, String kind) {
        return theatre.count("select count(*) from case_file where kind = '" + kind + "' and order_id = '"
                + outcome.orderId() + "'");
    }

    private static long openCases(Outcome.PaymentRequired outcome) {
        return theatre.count(
                "select count(*) from case_file where state = 'OPEN' and order_id = '" + outcome.orderId() + "'");
    }
}
