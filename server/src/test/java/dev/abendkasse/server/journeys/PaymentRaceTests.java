package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.Payment;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentRequest;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.ProvidersWord;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The provider's word, told twice, too late, at once or about what has changed meanwhile, on two replicas. */
class PaymentRaceTests {

    private static Theatre theatre;
    private static Theatre replica;
    private static int seats;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        replica = theatre.replica(Map.of());
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @Test
    void h3SuccessThatIsToldManyTimesAtOnceOnTwoReplicasConfirmsOnce() throws Exception {
        var order = awaitingPayment();

        tellManyTimes(order, "payment.succeeded");

        assertThat(now(order).getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(now(order).getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ledger(order).balance()).isEqualTo(5000);
        assertThat(ledger(order).validTickets()).isOne();
        assertThat(ledger(order).messages("MAIL")).isOne();
        assertThat(ledger(order).refunds()).isEqualTo("none");
        assertThat(ledger(order).cases()).isEqualTo("none");
    }

    @Test
    void d5AndP5LateSuccessThatIsToldManyTimesAtOnceOnTwoReplicasGoesBackOnce() throws Exception {
        var order = awaitingPayment();
        theatre.letTimePass(order.orderId());
        theatre.hold(theatre.seats(seat()));
        PayPage.of(order.payment()).payLate();

        tellManyTimes(order, "payment.succeeded");

        awaitGivenBack(order, 1);
        assertThat(now(order).getState()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void d1SuccessInTimeThatIsToldLateStillConfirms() throws ApiException {
        var order = awaitingPayment();
        Theatre.execute(
                theatre.db(),
                "update payment set expires_at = clock_timestamp() - interval '90 seconds' where order_id = '"
                        + order.orderId() + "'");
        Theatre.execute(
                theatre.db(),
                "update orders set held_until = clock_timestamp() + interval '30 seconds' where order_id = '"
                        + order.orderId() + "'");

        PayPage.of(order.payment()).payLate();

        PayPage.await(() -> now(order), now -> now.getState() == OrderState.CONFIRMED);
        assertThat(ledger(order).refunds()).isEqualTo("none");
    }

    @Test
    void d4SuccessForAPurchaseThatWasSweptLongAgoIsNotLost() throws ApiException {
        var order = awaitingPayment();
        theatre.letTimePass(order.orderId());
        PayPage.await(
                () -> theatre.count(
                        "select count(*) from orders where state = 'EXPIRED' and order_id = '" + order.orderId() + "'"),
                swept -> swept == 1);
        Theatre.execute(
                theatre.db(),
                "update orders set created_at = created_at - interval '2 years' where order_id = '" + order.orderId()
                        + "'");
        theatre.hold(theatre.seats(seat()));

        PayPage.of(order.payment()).payLate();

        awaitGivenBack(order, 1);
    }

    @Test
    void h4SuccessOfAnAttemptThatWasReplacedCountsThoughTheOrderHasMovedOn() throws ApiException {
        var order = awaitingPayment();
        var versionPaid = now(order).getVersion();
        payAgain(order);
        assertThat(now(order).getVersion()).isGreaterThan(versionPaid);

        PayPage.of(order.payment()).payLate();

        PayPage.await(() -> now(order), now -> now.getState() == OrderState.CONFIRMED);
        assertThat(ledger(order).balance()).isEqualTo(5000);
        assertThat(ledger(order).refunds()).isEqualTo("none");
    }

    @Test
    void twoSuccessesAtOnceConfirmOnceAndOneOfThemGoesBack() throws Exception {
        for (int round = 0; round < Scale.of(50); round++) {
            var order = awaitingPayment();
            var second = payAgain(order);

            AtOnce.run(
                    () -> PayPage.of(order.payment()).payLate(),
                    () -> PayPage.of(second).payLate());

            awaitGivenBack(order, 1);
            assertThat(now(order).getState()).isEqualTo(OrderState.CONFIRMED);
            assertThat(now(order).getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
            assertThat(ledger(order).balance()).isEqualTo(5000);
            assertThat(ledger(order).validTickets()).isOne();
        }
    }

    @Test
    void d7SuccessAgainstCancellationEitherConfirmsOrGoesBack() throws Exception {
        for (int round = 0; round < Scale.of(50); round++) {
            var order = awaitingPayment();

            AtOnce.run(() -> PayPage.of(order.payment()).payLate(), () -> cancelIfItMayBe(order));

            PayPage.await(() -> ledger(order).balance() == (confirmed(order) ? 5000 : 0), settled -> settled);
            if (confirmed(order)) {
                assertThat(ledger(order).refunds()).isEqualTo("none");
                assertThat(ledger(order).validTickets()).isOne();
            } else {
                awaitGivenBack(order, 1);
                assertThat(ledger(order).validTickets()).isZero();
            }
        }
    }

    private static void awaitGivenBack(Outcome.PaymentRequired order, int refunds) throws ApiException {
        PayPage.await(ledger(order)::refunds, "SUCCEEDED 5000 LATE_PAYMENT"::equals);
        assertThat(ledger(order).refundsMade()).isEqualTo(refunds);
        assertThat(ledger(order).cases()).isEqualTo("LATE_PAYMENT OPEN 5000");
    }

    private static void cancelIfItMayBe(Outcome.PaymentRequired order) throws ApiException {
        try {
            theatre.shop().withOrderToken(order.orderToken()).orders().cancelOrder(order.orderId(), UUID.randomUUID());
        } catch (ApiException refused) {
            assertThat(refused.getCode()).isEqualTo(409);
        }
    }

    private static boolean confirmed(Outcome.PaymentRequired order) throws ApiException {
        return now(order).getState() == OrderState.CONFIRMED;
    }

    /** The same event and others that say the same. */
    private static void tellManyTimes(Outcome.PaymentRequired order, String type) throws Exception {
        var payment = order.payment().getPaymentId();
        AtOnce.run(IntStream.range(0, 20)
                .<AtOnce.Step>mapToObj(i -> () -> ProvidersWord.tell(
                        (i % 2 == 0 ? theatre : replica).server(), "evt-" + i % 5 + "-" + payment, type, payment, ""))
                .toArray(AtOnce.Step[]::new));
    }

    private static Payment payAgain(Outcome.PaymentRequired order) throws ApiException {
        return theatre.shop()
                .withOrderToken(order.orderToken())
                .payments()
                .createPayment(order.orderId(), UUID.randomUUID(), new PaymentRequest().method(PspMethod.PAYPAL));
    }

    private static Outcome.PaymentRequired awaitingPayment() throws ApiException {
        seats++;
        return (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.seats(seat())), PaymentMethod.CARD);
    }

    private static String seat() {
        return "r" + (seats / 10 + 1) + "-" + (seats % 10 + 1);
    }

    private static Order now(Outcome.PaymentRequired order) throws ApiException {
        return theatre.shop().withOrderToken(order.orderToken()).orders().getOrder(order.orderId());
    }

    private static Ledger ledger(Outcome.PaymentRequired order) {
        return new Ledger(theatre, order.orderId());
    }
}
