package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Money that comes when nobody expects it any more, and orders that must not run out. */
class LateMoneyTests {

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void d5LateSuccessDoesNotTouchTheSeatOfItsNewHolder() throws ApiException {
        var late = awaitingPayment("r1-1");
        theatre.letTimePass(late.orderId());
        var other = theatre.hold(theatre.seats("r1-1"));

        PayPage.of(late.payment()).payLate();

        awaitRefund(late);
        assertThat(theatre.count("select count(*) from place where seat_id = 'r1-1' and holder = '" + other.getCartId()
                        + "' and held_until > clock_timestamp()"))
                .isOne();
        assertThat(order(late).getState()).isEqualTo(OrderState.EXPIRED);
        assertThat(order(late).getPaymentStatus()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(theatre.checkOut(other, PaymentMethod.CARD)).isInstanceOf(Outcome.PaymentRequired.class);
    }

    @Test
    void d3LateSuccessTakesTheSameSeatsWhereNobodyElseHas() throws ApiException {
        var late = awaitingPayment("r1-2");
        theatre.letTimePass(late.orderId());

        PayPage.of(late.payment()).payLate();

        awaitState(late, OrderState.CONFIRMED);
    }

    @Test
    void d3LateSuccessForGeneralAdmissionTakesAnotherPlaceWhereSomebodyHasTheFirst() throws ApiException {
        var late = (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("ga", 2)), PaymentMethod.CARD);
        theatre.letTimePass(late.orderId());
        theatre.hold(theatre.best("ga", 8));

        PayPage.of(late.payment()).payLate();

        awaitState(late, OrderState.CONFIRMED);
        assertThat(new Ledger(theatre, late.orderId()).validTickets()).isEqualTo(2);
    }

    @Test
    void p5SuccessAfterTheShowHasBegunGoesBackThoughTheSeatIsFree() throws ApiException {
        var hall = theatre.anotherHall(10);
        var late = (Outcome.PaymentRequired) hall.checkOut(hall.hold(hall.seats("r1-1")), PaymentMethod.CARD);
        hall.letTimePass(late.orderId());
        hall.startsIn("-2 hours");

        PayPage.of(late.payment()).payLate();

        awaitRefund(late);
        assertThat(order(late).getState()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void d7SuccessAfterCancellationGoesBackAndPeopleHearOfIt() throws ApiException {
        var late = awaitingPayment("r1-3");
        theatre.shop().withOrderToken(late.orderToken()).orders().cancelOrder(late.orderId(), UUID.randomUUID());

        PayPage.of(late.payment()).payLate();

        awaitRefund(late);
        assertThat(order(late).getState()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void d9FreeOrderNeverExpires() throws ApiException {
        var free = (Outcome.Confirmed) theatre.checkOut(theatre.hold(theatre.best("free", 1)), null);

        theatre.letTimePass(UUID.randomUUID());
        assertThat(free.order().getHeldUntil()).isNull();
        Awaited.of(theatre.server().bean(OrderStore.class).expire(CaseNumber.candidates(1000)));
        assertThat(theatre.shop()
                        .withOrderToken(free.orderToken())
                        .orders()
                        .getOrder(free.order().getOrderId())
                        .getState())
                .isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void d9OrderWhosePaymentIsBeingProcessedOutlivesThePaymentsDeadline() throws ApiException {
        var order = awaitingPayment("r1-4");

        PayPage.of(order.payment()).keepWaiting();

        var processing =
                PayPage.await(() -> order(order), now -> now.getPayment().getState() == PaymentState.PROCESSING);
        assertThat(processing.getHeldUntil())
                .isAfter(order.payment().getExpiresAt().plusHours(12));
        PayPage.of(order.payment()).pay();
        awaitState(order, OrderState.CONFIRMED);
    }

    @Test
    void h11OrderThatNobodyPaysEndsAndGivesItsSeatBack() throws ApiException {
        var order = awaitingPayment("r1-5");
        theatre.letTimePass(order.orderId());

        assertThat(order(order).getState()).isEqualTo(OrderState.EXPIRED);
        assertThat(theatre.hold(theatre.seats("r1-5")).getItems()).hasSize(1);
        PayPage.await(
                () -> theatre.count(
                        "select count(*) from orders where state = 'EXPIRED' and order_id = '" + order.orderId() + "'"),
                swept -> swept == 1);
    }

    private static Outcome.PaymentRequired awaitingPayment(String seat) throws ApiException {
        return (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.seats(seat)), PaymentMethod.CARD);
    }

    private static Order order(Outcome.PaymentRequired outcome) throws ApiException {
        return theatre.shop().withOrderToken(outcome.orderToken()).orders().getOrder(outcome.orderId());
    }

    private static void awaitState(Outcome.PaymentRequired outcome, OrderState state) throws ApiException {
        PayPage.await(() -> order(outcome), order -> order.getState() == state);
    }

    /** All of it goes back, once in our books and once in the provider's, and people hear of it. */
    private static void awaitRefund(Outcome.PaymentRequired outcome) throws ApiException {
        var ledger = new Ledger(theatre, outcome.orderId());
        PayPage.await(ledger::refunds, "SUCCEEDED 5000 LATE_PAYMENT"::equals);
        assertThat(ledger.refundsMade()).isOne();
        assertThat(ledger.cases()).isEqualTo("LATE_PAYMENT OPEN 5000");
        assertThat(ledger.balance()).isZero();
    }
}
