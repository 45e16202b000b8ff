package dev.abendkasse.server.journeys;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.OutboxDismissal;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.DistantProvider;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Late money on its way back, whatever the network, the provider and the server do: the provider's books tell what really went. */
class RefundsAtProviderTests {

    private static final String DONE = "select count(*) from outbox_message where state = 'DONE' and message_id = '%s'";

    private static DistantProvider provider;
    private static Theatre theatre;
    private static int seats;

    @BeforeAll
    static void openTheTheatre() {
        provider = new DistantProvider();
        theatre = Theatre.open(provider.settings(Map.of()));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        provider.close();
    }

    @AfterEach
    void recover() {
        provider.recover();
    }

    @Test
    void p5LateMoneyGoesBackOnceThoughTheProviderIsDownAtFirst() throws ApiException {
        provider.answerRefunds(aResponse().withStatus(503));
        var late = paidLate(theatre);
        PayPage.await(provider::refundsAskedFor, asked -> asked >= 2);
        assertThat(ledger(late).refunds()).isEqualTo("PENDING 5000 LATE_PAYMENT");

        provider.recover();

        awaitGivenBackOnce(late);
    }

    @Test
    void d2LateMoneyGoesBackOnceThoughTheProvidersAnswerIsLost() throws ApiException {
        provider.delayAnswersToRefunds(Duration.ofSeconds(5));
        var late = paidLateAndSlowlyGivenBack(theatre);
        PayPage.await(() -> provider.refundsMade(payment(late)), made -> made == 1);
        assertThat(ledger(late).refunds()).isEqualTo("PENDING 5000 LATE_PAYMENT");
        PayPage.await(provider::refundsAskedFor, asked -> asked >= 2);

        provider.recover();
        PayPage.of(late.payment()).endRefund("refund-succeed", refund(late));

        awaitGivenBackOnce(late);
    }

    @Test
    void p4AndP5LateMoneyGoesBackOnceThoughTheServerStopsBeforeItHearsTheAnswer() throws ApiException {
        provider.delayAnswersToRefunds(Duration.ofSeconds(30));
        Outcome.PaymentRequired late;
        try (var patient = theatre.replica(
                provider.settings(Map.of("abendkasse.payment.time-limit", "60s", "abendkasse.outbox.retry", "10s")))) {
            late = paidLate(patient);
            PayPage.await(() -> provider.refundsMade(payment(late)), made -> made == 1);
        }
        provider.recover();

        awaitGivenBackOnce(late);
    }

    @Test
    void refundThatTheProviderRefusesIsForPeople() throws ApiException {
        var late = awaitingPayment(theatre);
        PayPage.of(late.payment()).refunds("be-refused");

        payLate(theatre, late);

        PayPage.await(ledger(late)::refunds, "BY_HAND 5000 LATE_PAYMENT"::equals);
        assertThat(ledger(late).cases()).as("the amount is not counted twice").isEqualTo("LATE_PAYMENT OPEN 5000");
        assertThat(provider.refundsMade(payment(late))).isZero();
    }

    @Test
    void refundThatFailsAtOnceIsForPeople() throws ApiException {
        var late = awaitingPayment(theatre);
        PayPage.of(late.payment()).refunds("fail");

        payLate(theatre, late);

        PayPage.await(ledger(late)::refunds, "BY_HAND 5000 LATE_PAYMENT"::equals);
        assertThat(provider.refunded(payment(late))).isZero();
    }

    @Test
    void refundThatFailsAfterItHadSucceededIsForPeople() throws ApiException {
        var late = awaitingPayment(theatre);
        PayPage.of(late.payment()).refunds("fail-late");

        payLate(theatre, late);

        PayPage.await(ledger(late)::refunds, "BY_HAND 5000 LATE_PAYMENT"::equals);
        assertThat(ledger(late).cases()).isEqualTo("LATE_PAYMENT OPEN 5000");
        assertThat(provider.refunded(payment(late))).isZero();
        assertThat(ledger(late).balance()).as("it is not the shop's").isZero();
    }

    @Test
    void refundThatTakesTimeEndsWhenTheProviderSaysSo() throws ApiException {
        var late = awaitingPayment(theatre);
        PayPage.of(late.payment()).refunds("stay-pending");
        payLate(theatre, late);
        PayPage.await(() -> provider.refundsMade(payment(late)), made -> made == 1);
        assertThat(ledger(late).refunds()).isEqualTo("PENDING 5000 LATE_PAYMENT");

        PayPage.of(late.payment()).endRefund("refund-succeed", refund(late));

        PayPage.await(ledger(late)::refunds, "SUCCEEDED 5000 LATE_PAYMENT"::equals);
        assertThat(provider.refundsMade(payment(late))).isOne();
    }

    @Test
    void refundWaitsWhileTheProviderDoesNotKnowUs() throws ApiException {
        provider.answerRefunds(unauthorized());
        var late = paidLate(theatre);
        PayPage.await(provider::refundsAskedFor, asked -> asked >= 2);
        assertThat(ledger(late).refunds()).isEqualTo("PENDING 5000 LATE_PAYMENT");

        provider.recover();

        awaitGivenBackOnce(late);
    }

    @Test
    void p5RefundThatStaffGiveUpIsForPeopleAndIsNotSentAgain() throws ApiException {
        provider.answerRefunds(aResponse().withStatus(503));
        var late = paidLate(theatre);
        PayPage.await(provider::refundsAskedFor, asked -> asked >= 1);

        var message = dismiss(late);

        assertThat(ledger(late).refunds()).isEqualTo("BY_HAND 5000 LATE_PAYMENT");
        assertThat(ledger(late).cases()).as("the amount is not counted twice").isEqualTo("LATE_PAYMENT OPEN 5000");
        provider.recover();
        theatre.office().outbox().retryOutboxMessage(message);
        PayPage.await(() -> theatre.count(DONE.formatted(message)), done -> done == 1);
        assertThat(provider.refundsMade(payment(late))).isZero();
        assertThat(ledger(late).refunds()).isEqualTo("BY_HAND 5000 LATE_PAYMENT");
    }

    @Test
    void p5RefundThatStaffGaveUpIsDoneWhenTheProviderHasDoneItAllTheSame() throws ApiException {
        provider.delayAnswersToRefunds(Duration.ofSeconds(5));
        var late = paidLateAndSlowlyGivenBack(theatre);
        PayPage.await(() -> provider.refundsMade(payment(late)), made -> made == 1);
        dismiss(late);
        assertThat(ledger(late).refunds()).isEqualTo("BY_HAND 5000 LATE_PAYMENT");

        provider.recover();
        PayPage.of(late.payment()).endRefund("refund-succeed", refund(late));

        awaitGivenBackOnce(late);
    }

    /** Staff end the message that could not leave. */
    private static UUID dismiss(Outcome.PaymentRequired late) throws ApiException {
        var message = Awaited.of(theatre.db()
                .sql("update outbox_message set state = 'DEAD', ended_at = clock_timestamp(), fence = fence + 1"
                        + " where kind = 'PAYMENT_REFUND' and key = :refund returning message_id")
                .bind("refund", refund(late).toString())
                .mapValue(UUID.class)
                .one());
        theatre.office().outbox().dismissOutboxMessage(message, new OutboxDismissal().note("The provider is gone."));
        return message;
    }

    private static void awaitGivenBackOnce(Outcome.PaymentRequired late) throws ApiException {
        PayPage.await(ledger(late)::refunds, "SUCCEEDED 5000 LATE_PAYMENT"::equals);
        assertThat(provider.refundsMade(payment(late))).isOne();
        assertThat(provider.refunded(payment(late))).isEqualTo(5000);
        assertThat(ledger(late).cases()).isEqualTo("LATE_PAYMENT OPEN 5000");
        assertThat(ledger(late).balance()).isZero();
    }

    private static Outcome.PaymentRequired paidLate(Theatre shop) throws ApiException {
        var late = awaitingPayment(shop);
        payLate(shop, late);
        return late;
    }

    /** The provider says that it is done only when it is told to. */
    private static Outcome.PaymentRequired paidLateAndSlowlyGivenBack(Theatre shop) throws ApiException {
        var late = awaitingPayment(shop);
        PayPage.of(late.payment()).refunds("stay-pending");
        payLate(shop, late);
        return late;
    }

    /** When the seat is somebody else's. */
    private static void payLate(Theatre shop, Outcome.PaymentRequired late) throws ApiException {
        shop.letTimePass(late.orderId());
        shop.hold(shop.seats(seat(seats)));
        PayPage.of(late.payment()).payLate();
    }

    private static Outcome.PaymentRequired awaitingPayment(Theatre shop) throws ApiException {
        seats++;
        return (Outcome.PaymentRequired) shop.checkOut(shop.hold(shop.seats(seat(seats))), PaymentMethod.CARD);
    }

    private static String seat(int number) {
        return "r" + (number / 10 + 1) + "-" + (number % 10 + 1);
    }

    private static Ledger ledger(Outcome.PaymentRequired late) {
        return new Ledger(theatre, late.orderId());
    }

    private static UUID payment(Outcome.PaymentRequired late) {
        return late.payment().getPaymentId();
    }

    private static UUID refund(Outcome.PaymentRequired late) {
        return Awaited.of(theatre.db()
                .sql("select refund_id from refund where order_id = :order")
                .bind("order", late.orderId())
                .mapValue(UUID.class)
                .one());
    }
}
