package dev.abendkasse.server.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.Money;
import dev.abendkasse.office.model.Refund;
import dev.abendkasse.office.model.RefundConfirmation;
import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.RefundResult;
import dev.abendkasse.office.model.RefundState;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Staff give tickets and money back, whatever the shop's terms. */
class RefundDeskTests {

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
    void staffTakeOneTicketBackAndKeepAFee() throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 2));
        var item = order.now().getItems().getFirst().getItemId();

        var result = refund(order, request().itemIds(Set.of(item)).fee(eur(1_000)));

        assertThat(result.getRefunds())
                .singleElement()
                .satisfies(refund -> assertThat(refund.getAmount().getAmount()).isEqualTo(4_000));
        assertThat(order.now().getTotal().getAmount()).isEqualTo(6_000);
        assertThat(order.now().getPaid().getAmount()).isEqualTo(6_000);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
    }

    @Test
    void onlyMoneyGoesBackAndTheTicketsStay() throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 1));

        var result = refund(order, request().amount(eur(1_500)));

        assertThat(result.getRefunds()).hasSize(1);
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getTotal().getAmount()).isEqualTo(3_500);
        assertThat(theatre.count(
                        "select count(*) from ticket where revoked_at is null and order_id = '" + order.id() + "'"))
                .isOne();
    }

    @Test
    void whatStaffHaveLetOffLiesOnAllTicketsSoThatNoneIsLeftForNothing() throws ApiException {
        Theatre.execute(theatre.db(), "update shop set refund_seconds_before = 86400, refund_fee = 0");
        var order = PaidOrder.of(theatre, theatre.best("a", 2));
        var item = order.now().getItems().getFirst().getItemId();
        refund(order, request().amount(eur(6_000)));

        assertThat(order.shop().refunds().getRefundTerms(order.id()).getItems())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.getRefund().getAmount()).isEqualTo(2_000));
        refund(order, request().itemIds(Set.of(item)));

        assertThat(order.now().getTotal().getAmount())
                .as("half of what was left")
                .isEqualTo(2_000);
        assertThat(order.now().getPaid().getAmount()).isEqualTo(2_000);
        refund(order, request());
        assertThat(order.now().getPaid().getAmount()).isZero();
        assertThat(theatre.count("select sum(amount)::bigint from refund where order_id = '" + order.id() + "'"))
                .isEqualTo(10_000);
    }

    /** 50.00 three times, 100.00 let off: no part of it is a whole number of cents. */
    @Test
    void c12WhatStaffHaveLetOffIsSharedOutToTheCent() throws ApiException {
        for (var letOff : List.of(10_000L, 5_000L, 1L)) {
            var order = PaidOrder.of(theatre, theatre.best("a", 3));
            refund(order, request().amount(eur(letOff)));

            refund(order, request());

            assertThat(order.now().getTotal().getAmount())
                    .as("%s let off", letOff)
                    .isZero();
            assertThat(order.now().getPaid().getAmount()).isZero();
        }
    }

    @Test
    void noMoreGoesBackThanCameIn() throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 1));
        var item = order.now().getItems().getFirst().getItemId();

        Problems.expect(422, "refund-too-high", () -> refund(order, request().amount(eur(5_001))));
        Problems.expect(
                422,
                "refund-too-high",
                () -> refund(order, request().itemIds(Set.of(item)).fee(eur(5_001))));
        Problems.expect(
                422,
                "refund-too-high",
                () -> refund(order, request().amount(new Money().amount(1L).currency("CHF"))));
        Problems.expect(
                400,
                "invalid-request",
                () -> refund(order, request().itemIds(Set.of(item)).amount(eur(1))));
        refund(order, request().amount(eur(5_000)));
        Problems.expect(422, "refund-too-high", () -> refund(order, request().amount(eur(1))));
        assertThat(theatre.count("select sum(amount)::bigint from money_entry where order_id = '" + order.id() + "'"))
                .isZero();
    }

    @Test
    void whatDidNotComeThroughTheProviderIsListedUntilSomebodyHasHandedItOver() throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 1));
        paidAtTheDeskInstead(order);

        var refund = refund(order, request()).getRefunds().getFirst();

        assertThat(refund.getState()).isEqualTo(RefundState.BY_HAND);
        assertThat(listed(RefundState.BY_HAND)).extracting(Refund::getRefundId).contains(refund.getRefundId());
        var done = theatre.office()
                .refundDesk()
                .confirmRefund(refund.getRefundId(), new RefundConfirmation().note("Handed over at the desk."));
        assertThat(done.getState()).isEqualTo(RefundState.SUCCEEDED);
        assertThat(done.getEndedAt()).isNotNull();
        assertThat(listed(RefundState.BY_HAND)).extracting(Refund::getRefundId).doesNotContain(refund.getRefundId());
        assertThat(theatre.office()
                        .refundDesk()
                        .confirmRefund(refund.getRefundId(), new RefundConfirmation().note("Again."))
                        .getEndedAt())
                .isEqualTo(done.getEndedAt());
    }

    @Test
    void refundThatNobodyKnowsCannotBeConfirmed() {
        Problems.expect(
                404,
                "refund-not-found",
                () -> theatre.office()
                        .refundDesk()
                        .confirmRefund(UUID.randomUUID(), new RefundConfirmation().note("Handed over.")));
    }

    @Test
    void p8RepeatedRequestIsNotRefundedTwice() throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 1));
        var key = UUID.randomUUID();
        var desk = theatre.office().refundDesk();

        var first = desk.refundOrder(order.id(), key, request().amount(eur(1_000)));
        var second = desk.refundOrder(order.id(), key, request().amount(eur(1_000)));

        assertThat(second.getRefunds()).isEqualTo(first.getRefunds());
        assertThat(order.now().getPaid().getAmount()).isEqualTo(4_000);
        Problems.expect(
                422,
                "idempotency-key-reused",
                () -> desk.refundOrder(order.id(), key, request().amount(eur(2_000))));
    }

    /** Counter payments come with the box office; to the books this is one. */
    private static void paidAtTheDeskInstead(PaidOrder order) {
        Theatre.execute(
                theatre.db(),
                "insert into money_entry (order_id, kind, amount, payment_id, source) values ('" + order.id()
                        + "', 'REFUND', -5000, '" + order.payment().getPaymentId() + "', 'test'), ('" + order.id()
                        + "', 'COUNTER', 5000, null, 'desk')");
    }

    private static List<Refund> listed(RefundState state) throws ApiException {
        var all = new ArrayList<Refund>();
        String cursor = null;
        do {
            var page = theatre.office().refundDesk().listRefunds(state, cursor, 1);
            all.addAll(page.getItems());
            cursor = page.getNextCursor();
        } while (cursor != null);
        return all;
    }

    private static RefundResult refund(PaidOrder order, RefundOrderRequest request) throws ApiException {
        return theatre.office().refundDesk().refundOrder(order.id(), UUID.randomUUID(), request);
    }

    private static RefundOrderRequest request() {
        return new RefundOrderRequest().reason(StaffRefundReason.GOODWILL).note("Ill on the day");
    }

    private static Money eur(long amount) {
        return new Money().amount(amount).currency("EUR");
    }
}
