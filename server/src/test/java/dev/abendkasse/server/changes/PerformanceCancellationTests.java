package dev.abendkasse.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CancellationRequest;
import dev.abendkasse.office.model.PerformanceChange;
import dev.abendkasse.office.model.PerformanceChangeState;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.GiveBackRequest;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PerformanceState;
import dev.abendkasse.sdk.model.RefundReason;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The organiser cancels a performance: nobody keeps a seat, everybody has their money back once and is told. */
class PerformanceCancellationTests {

    /** Nothing is found by looking around, what is committed is announced; whoever finds a change taken asks again soon. */
    private static final Map<String, Object> SETTINGS =
            Map.of("abendkasse.outbox.look-every", "1h", "abendkasse.outbox.retry", "1s");

    private static Theatre house;

    /** A hall of the test's own. */
    private Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        house = Theatre.open(SETTINGS);
    }

    @AfterAll
    static void closeTheTheatre() {
        house.close();
    }

    @BeforeEach
    void openAHall() {
        theatre = house.anotherHall(10);
    }

    @Test
    void everyPurchaseOfACancelledPerformanceEndsAndItsMoneyGoesBackOnce() throws ApiException {
        var cart = theatre.hold(theatre.best("a", 1));
        var paid = List.of(PaidOrder.of(theatre, theatre.best("a", 2)), PaidOrder.of(theatre, theatre.best("ga", 1)));
        var reserved = (Outcome.Reserved) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.PAY_LATER);
        var waiting =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.CARD);

        var change = finished(cancel());

        assertThat(change.getCarts()).isOne();
        assertThat(change.getOrders()).isEqualTo(4);
        assertThat(change.getRefunds()).isEqualTo(2);
        for (var order : paid) {
            assertThat(order.now().getState()).isEqualTo(OrderState.REFUNDED);
            assertThat(refunds(order.id())).isOne();
            assertThat(new Ledger(theatre, order.id()).balance()).isZero();
        }
        assertThat(state(reserved.order().getOrderId(), reserved.orderToken())).isEqualTo(OrderState.CANCELLED);
        assertThat(state(waiting.orderId(), waiting.orderToken())).isEqualTo(OrderState.CANCELLED);
        assertThat(theatre.shop()
                        .withCartToken(cart.getCartToken())
                        .carts()
                        .getCart(cart.getCartId())
                        .getState())
                .isEqualTo(CartState.CLOSED);
        assertThat(theatre.count("select count(*) from place where held_until > clock_timestamp() and " + isHere()))
                .isZero();
        assertThat(theatre.count("select count(*) from ticket where revoked_at is null and " + isHere()))
                .isZero();
        assertThat(mails(change.getChangeId())).isEqualTo(4);
    }

    @Test
    void whatClerksBanksAndPeopleHaveInTheirHandsEndsTooAndTheDryRunCountsIt() throws ApiException {
        Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        var till = Till.ofStaff(theatre);
        var taken = till.hijack(theatre.hold(theatre.best("ga", 1)));
        var linked = (Outcome.Reserved) theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.PAY_LATER);
        till.client()
                .boxOfficeSales()
                .sendPaymentLink(
                        linked.order().getOrderId(),
                        UUID.randomUUID(),
                        new PaymentLinkDispatch().delivery(PaymentLinkDelivery.PRINT),
                        null,
                        null);
        var reviewed =
                (Outcome.UnderReview) theatre.checkOut(theatre.hold(theatre.best("ga", 3)), PaymentMethod.PAY_LATER);
        var disputed = PaidOrder.of(theatre, theatre.best("ga", 1));
        PayPage.of(disputed.payment()).bank("dispute");

        var impact = theatre.office().performanceChanges().getPerformanceImpact(theatre.performance());
        assertThat(impact.getUnpaidOrders()).isEqualTo(2);
        assertThat(impact.getOrdersUnderReview()).isOne();
        assertThat(impact.getOpenLinks()).isOne();
        assertThat(impact.getConfirmedOrders()).isOne();
        assertThat(impact.getRefund().getAmount()).as("a bank has it already").isZero();

        finished(cancel());

        assertThat(theatre.count("select count(*) from hijack where state = 'CANCELLED' and order_id = '"
                        + taken.getOrderId() + "'"))
                .isOne();
        assertThat(theatre.count("select count(*) from payment_link where state = 'VOID' and order_id = '"
                        + linked.order().getOrderId() + "'"))
                .isOne();
        assertThat(new Ledger(theatre, reviewed.orderId()).cases()).startsWith("CREDIT_LIMIT SETTLED");
        assertThat(disputed.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(new Ledger(theatre, disputed.id()).cases()).isEqualTo("DISPUTE OPEN 5000");
        assertThat(new Ledger(theatre, disputed.id()).refunds()).isEqualTo("none");

        PayPage.of(disputed.payment()).bank("dispute-win");
        PayPage.await(new Ledger(theatre, disputed.id())::refunds, "SUCCEEDED 5000 LATE_PAYMENT"::equals);
    }

    @Test
    void dryRunCountsWhatTheCancellationThenDoesAndChangesNothing() throws ApiException {
        theatre.hold(theatre.best("a", 1));
        PaidOrder.of(theatre, theatre.best("a", 2));
        theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.PAY_LATER);

        var impact = theatre.office().performanceChanges().getPerformanceImpact(theatre.performance());

        assertThat(impact.getOpenCarts()).isOne();
        assertThat(impact.getConfirmedOrders()).isOne();
        assertThat(impact.getUnpaidOrders()).isOne();
        assertThat(impact.getValidTickets()).isEqualTo(2);
        assertThat(impact.getRefund().getAmount()).isEqualTo(10_000);
        assertThat(impact.getByHand().getAmount()).isZero();
        assertThat(theatre.count("select count(*) from place where held_until > clock_timestamp() and " + isHere()))
                .isEqualTo(4);
        assertThat(finished(cancel()).getOrders()).isEqualTo(2);
        var after = theatre.office().performanceChanges().getPerformanceImpact(theatre.performance());
        assertThat(after.getConfirmedOrders() + after.getUnpaidOrders() + after.getOpenCarts())
                .isZero();
    }

    @Test
    void ofAnOrderForTwoPerformancesOnlyTheCancelledOneGoesBack() throws ApiException {
        var other = theatre.anotherHall(10);
        var cart = theatre.hold(theatre.best("a", 1));
        var both = theatre.shop()
                .withCartToken(cart.getCartToken())
                .carts()
                .addItems(cart.getCartId(), other.best("a", 2), null, UUID.randomUUID());
        var outcome =
                (Outcome.PaymentRequired) theatre.checkOut(both.cartToken(cart.getCartToken()), PaymentMethod.CARD);
        PayPage.of(outcome.payment()).pay();
        var order = new PaidOrder(theatre, outcome.orderId(), outcome.orderToken(), outcome.payment());
        PayPage.await(order::now, now -> now.getState() == OrderState.CONFIRMED);

        finished(cancel());

        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getItems())
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.getPerformanceId()).isEqualTo(other.performance()));
        assertThat(order.now().getTotal().getAmount()).isEqualTo(10_000);
        assertThat(new Ledger(theatre, order.id()).balance()).isEqualTo(10_000);
    }

    @Test
    void nothingCanBeHeldOrBoughtAnyMore() throws ApiException {
        var cart = theatre.hold(theatre.best("a", 1));
        Theatre.execute(theatre.db(), "update performance set state = 'CANCELLED' where " + isHere());

        Problems.expect(409, "not-on-sale", () -> theatre.hold(theatre.best("a", 1)));
        assertThat(theatre.checkOut(cart, PaymentMethod.CARD)).isInstanceOf(Outcome.Redirect.class);
        var performance = theatre.shop().events().getPerformance(theatre.performance());
        assertThat(performance.getState()).isEqualTo(PerformanceState.CANCELLED);
        assertThat(performance.getOnSale()).isFalse();
    }

    @Test
    void moneyThatArrivesAfterTheCancellationGoesBackOnce() throws ApiException {
        var waiting =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.CARD);
        finished(cancel());

        PayPage.of(waiting.payment()).payLate();

        PayPage.await(() -> refunds(waiting.orderId()), count -> count == 1);
        assertThat(state(waiting.orderId(), waiting.orderToken())).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void whoGivesTicketsBackBeforeTheCancellationHasGotToThemLosesNoFeeAndHasNotAskedForIt() throws ApiException {
        Theatre.execute(theatre.db(), "update shop set refund_seconds_before = null, refund_fee = 500");
        var order = PaidOrder.of(theatre, theatre.best("a", 2));
        Theatre.execute(theatre.db(), "update performance set state = 'CANCELLED' where " + isHere());

        var terms = order.shop().refunds().getRefundTerms(order.id());
        var result = order.shop().refunds().returnTickets(order.id(), UUID.randomUUID(), new GiveBackRequest());

        assertThat(terms.getItems()).hasSize(2).allSatisfy(item -> {
            assertThat(item.getFee().getAmount()).isZero();
            assertThat(item.getRefund().getAmount()).isEqualTo(5_000);
        });
        assertThat(result.getRefunds()).singleElement().satisfies(refund -> {
            assertThat(refund.getAmount().getAmount()).isEqualTo(10_000);
            assertThat(refund.getReason()).isEqualTo(RefundReason.PERFORMANCE_CANCELLED);
        });
        assertThat(theatre.count("select count(*) from outbox_message where kind = 'MAIL' and key like 'order-refunded:"
                        + order.id() + "%'"))
                .as("nobody else tells them")
                .isOne();
    }

    @Test
    void secondCancellationIsRefusedAndARepetitionGetsTheFirstAnswer() throws ApiException {
        var key = UUID.randomUUID();
        var first = cancel(key);
        finished(first);

        assertThat(cancel(key).getChangeId()).isEqualTo(first.getChangeId());
        Problems.expect(409, "performance-cancelled", this::cancel);
    }

    @Test
    void p1AndP5OrdersMadeWhileThePerformanceIsCancelledAreRefundedOrNotMade() throws Exception {
        for (int round = 0; round < Scale.of(20); round++) {
            var hall = theatre.anotherHall(30);
            var carts = new ArrayList<Cart>();
            for (int i = 0; i < 8; i++) {
                carts.add(hall.hold(hall.best("free", 1)));
            }
            var answers = new ArrayList<Future<Outcome>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var cart : carts) {
                    answers.add(threads.submit(() -> hall.checkOut(cart, null)));
                }
                var change = threads.submit(() -> hall.office()
                        .performanceChanges()
                        .cancelPerformance(
                                hall.performance(), UUID.randomUUID(), new CancellationRequest().reason("Race")));
                finished(change.get());
            }

            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOfAny(Outcome.Confirmed.class, Outcome.Redirect.class);
            }
            assertThat(theatre.count("select count(*) from orders_with('" + hall.performance() + "')"))
                    .isZero();
            assertThat(theatre.count("select count(*) from place where performance_id = '" + hall.performance()
                            + "' and held_until > clock_timestamp()"))
                    .isZero();
        }
    }

    @Test
    void p4CancellationThatWasCutOffIsGoneOnWithByAnotherReplica() throws ApiException {
        for (int i = 0; i < 30; i++) {
            theatre.checkOut(theatre.hold(theatre.best("free", 1)), null);
        }
        var change = Awaited.of(theatre.db()
                .sql(
                        "select (change_performance(jsonb_build_object('performanceId', performance_id, 'kind', 'CANCELLATION',"
                                + " 'reason', 'Test', 'by', 'test')) -> 'change' ->> 'changeId')::uuid from performance where "
                                + isHere())
                .mapValue(UUID.class)
                .one());
        theatre.count("select count(*) from advance_performance_change(jsonb_build_object('changeId', '" + change
                + "', 'caseNumbers', '[\"0000000000\", \"0000000001\"]'::jsonb))");

        var isIt = "change_id = '" + change + "'";
        try (var replica = theatre.replica(SETTINGS)) {
            PayPage.await(
                    () -> replica.count("select count(*) from performance_change where state = 'DONE' and " + isIt),
                    done -> done == 1);
        }

        assertThat(theatre.count("select (counts ->> 'orders')::bigint from performance_change where " + isIt))
                .isEqualTo(30);
        assertThat(mails(change)).isEqualTo(30);
    }

    private String isHere() {
        return "performance_id = '" + theatre.performance() + "'";
    }

    private long mails(UUID change) {
        return theatre.count(
                "select count(*) from outbox_message where kind = 'MAIL' and key like 'performance-cancelled:%" + change
                        + "'");
    }

    private PerformanceChange cancel() throws ApiException {
        return cancel(UUID.randomUUID());
    }

    private PerformanceChange cancel(UUID key) throws ApiException {
        return theatre.office()
                .performanceChanges()
                .cancelPerformance(theatre.performance(), key, new CancellationRequest().reason("The hall is closed"));
    }

    private PerformanceChange finished(PerformanceChange change) throws ApiException {
        return PayPage.await(
                () -> theatre.office().performanceChanges().getPerformanceChange(change.getChangeId()),
                now -> now.getState() == PerformanceChangeState.DONE);
    }

    private OrderState state(UUID order, String token) throws ApiException {
        return theatre.shop().withOrderToken(token).orders().getOrder(order).getState();
    }

    private long refunds(UUID order) {
        return theatre.count("select count(*) from refund where order_id = '" + order + "'");
    }
}
