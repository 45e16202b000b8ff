package dev.abendkasse.server.boxoffice;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.CounterMethod;
import dev.abendkasse.sdk.model.CounterPaymentReceipt;
import dev.abendkasse.sdk.model.CounterPaymentRequest;
import dev.abendkasse.sdk.model.HijackState;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.sdk.model.StaffRefundReason;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Money over the counter: in cash with change, by a terminal's receipt, by a voucher. */
class CounterPaymentTests {

    private static Theatre theatre;
    private static Till staff;
    private static Till partner;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        staff = Till.ofStaff(theatre);
        partner = Till.ofPartner(theatre, "corner-shop", "clerk");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void cashWithChangeConfirmsTheOrder() throws ApiException {
        var order = partner.sell(theatre.best("ga", 1));

        var receipt = partner.pay(order, cash(5000).tendered(Till.euros(6000)));

        assertThat(receipt.getCounterPayment().getAmount()).isEqualTo(Till.euros(5000));
        assertThat(receipt.getCounterPayment().getChange()).isEqualTo(Till.euros(1000));
        assertThat(receipt.getCounterPayment().getBy()).isEqualTo("corner-shop/clerk");
        assertThat(receipt.getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(receipt.getOrder().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(receipt.getOrder().getCounterPayments()).containsExactly(receipt.getCounterPayment());
        assertThat(ledger(order).balance()).isEqualTo(5000);
        assertThat(ledger(order).validTickets()).isOne();
    }

    @Test
    void whatIsPaidInPartsConfirmsWithTheLastOne() throws ApiException {
        var order = partner.sell(theatre.best("ga", 2));

        var first = partner.pay(order, terminal(3000, "receipt-1")).getOrder();
        assertThat(first.getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
        assertThat(first.getPaymentStatus()).isEqualTo(PaymentStatus.PART_PAID);
        assertThat(first.getOwed()).isEqualTo(Till.euros(7000));
        var second = partner.pay(order, voucher(2000, "V-77")).getOrder();
        assertThat(second.getCounterPayments()).hasSize(2);
        var last = partner.pay(order, 5000).getOrder();

        assertThat(last.getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(last.getOwed()).isEqualTo(Till.euros(0));
        assertThat(last.getCounterPayments())
                .extracting("method")
                .containsExactly(CounterMethod.CARD_TERMINAL, CounterMethod.VOUCHER, CounterMethod.CASH);
    }

    @Test
    void moneyThatDoesNotFitIsNotBooked() throws ApiException {
        var order = partner.sell(theatre.best("ga", 1));

        expect(409, "amount-differs", () -> partner.pay(order, 5001));
        expect(409, "amount-differs", () -> partner.pay(order, 0));
        expect(
                409,
                "amount-differs",
                () -> partner.pay(
                        order,
                        new CounterPaymentRequest()
                                .method(CounterMethod.CASH)
                                .amount(new Money().amount(5000L).currency("CHF"))));
        var tooLow = expect(
                422, "tendered-too-low", () -> partner.pay(order, cash(5000).tendered(Till.euros(4900))));
        assertThat(tooLow.getErrors().getFirst().getPointer()).isEqualTo("#/tendered");
        assertThat(pointer(terminal(5000, null), order)).isEqualTo("#/reference");
        assertThat(pointer(voucher(5000, "V-1").tendered(Till.euros(5000)), order))
                .isEqualTo("#/tendered");
        assertThat(pointer(cash(5000).tendered(new Money().amount(5000L).currency("CHF")), order))
                .isEqualTo("#/tendered/currency");
        assertThat(ledger(order).balance()).isZero();
    }

    @Test
    void oneReceiptPaysAnOrderOnce() throws ApiException {
        var order = partner.sell(theatre.best("ga", 2));
        partner.pay(order, terminal(5000, "receipt-2"));

        expect(409, "already-exists", () -> partner.pay(order, terminal(5000, "receipt-2")));

        assertThat(ledger(order).balance()).isEqualTo(5000);
    }

    @Test
    void p8MoneyIsBookedOnceHoweverOftenTheRequestIsRepeated() throws ApiException {
        var order = partner.sell(theatre.best("ga", 2));
        var key = UUID.randomUUID();
        var first = pay(order, key);

        assertThat(pay(order, key)).isEqualTo(first);

        assertThat(ledger(order).balance()).isEqualTo(5000);
    }

    @Test
    void whatCostsNothingIsConfirmedWithoutMoney() throws ApiException {
        var order = partner.sell(theatre.best("free", 2));

        var receipt = partner.pay(order, 0);

        assertThat(receipt.getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(ledger(order).validTickets()).isEqualTo(2);
    }

    @Test
    void orderWithMoneyCannotBeHandedBackAndItsItemsCannotCostLessThanWasPaid() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 2));
        var order = staff.hijack(cart);
        staff.pay(order, 6000);

        expect(409, "has-payments", () -> staff.handBack(order));
        expect(
                409,
                "has-payments",
                () -> staff.remove(order, order.getItems().getFirst().getItemId()));
        expect(409, "has-payments", () -> staff.cancel(order, null));
        assertThat(staff.now(order).getItems()).hasSize(2);
    }

    @Test
    void p5CancelledOrderGivesBackWhatWasPaidOnItOnce() throws ApiException {
        var order = partner.sell(theatre.seats("r7-7", "r7-8"));
        partner.pay(order, 5000);

        var cancelled = partner.cancel(order, StaffRefundReason.BUYER_REQUEST);

        assertThat(cancelled.getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(ledger(order).refunds()).isEqualTo("BY_HAND 5000 BUYER_REQUEST");
        assertThat(theatre.hold(theatre.seats("r7-7", "r7-8")).getItems()).hasSize(2);
        expect(409, "order-state-conflict", () -> partner.cancel(order, StaffRefundReason.BUYER_REQUEST));
    }

    @Test
    void payingAHijackedOrderEndsTheHijackAndStopsTheBuyersOwnAttempt() throws ApiException {
        var waiting =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.CARD);
        var order = staff.hijack(waiting.orderId());

        staff.pay(order, 5000);

        assertThat(staff.client().hijacks().getHijack(order.getHijackId()).getState())
                .isEqualTo(HijackState.PAID);
        assertThat(theatre.count("select count(*) from payment where order_id = '" + waiting.orderId()
                        + "' and state in ('CREATED', 'ACTION_REQUIRED')"))
                .isZero();
    }

    private static CounterPaymentReceipt pay(BoxOfficeOrder order, UUID key) throws ApiException {
        return partner.client()
                .boxOfficeSales()
                .takePayment(order.getOrderId(), key, order.getLease().getFence(), cash(5000), partner.clerk());
    }

    private static String pointer(CounterPaymentRequest request, BoxOfficeOrder order) {
        return expect(400, "invalid-request", () -> partner.pay(order, request))
                .getErrors()
                .getFirst()
                .getPointer();
    }

    private static CounterPaymentRequest cash(long amount) {
        return new CounterPaymentRequest().method(CounterMethod.CASH).amount(Till.euros(amount));
    }

    private static CounterPaymentRequest terminal(long amount, String receipt) {
        return new CounterPaymentRequest()
                .method(CounterMethod.CARD_TERMINAL)
                .amount(Till.euros(amount))
                .reference(receipt);
    }

    private static CounterPaymentRequest voucher(long amount, String number) {
        return new CounterPaymentRequest()
                .method(CounterMethod.VOUCHER)
                .amount(Till.euros(amount))
                .reference(number);
    }

    private static Ledger ledger(BoxOfficeOrder order) {
        return new Ledger(theatre, order.getOrderId());
    }
}
