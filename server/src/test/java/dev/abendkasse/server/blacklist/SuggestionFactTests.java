package dev.abendkasse.server.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CancellationRequest;
import dev.abendkasse.office.model.PostponementRequest;
import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.GiveBackRequest;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.refund.RefundService;
import dev.abendkasse.server.refund.domain.RefundResult;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.OrderAccess;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts against a buyer, and all that does not. */
class SuggestionFactTests {

    private static Theatre house;

    /** A hall of the test's own, whose performance begins tomorrow. */
    private Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        house = Theatre.open(Map.of("abendkasse.order.sweep-every", "200ms", "abendkasse.outbox.retry", "1s"));
        Theatre.execute(house.db(), "update shop set refund_seconds_before = 3600");
    }

    @AfterAll
    static void closeTheTheatre() {
        house.close();
    }

    @BeforeEach
    void openAHall() {
        theatre = house.anotherHall(20);
        startsIn("24 hours");
    }

    @Test
    void reservationThatIsGivenBackShortlyBeforeThePerformanceIsAFactOnce() throws ApiException {
        var reserved = reserved();
        var key = UUID.randomUUID();

        cancel(reserved, key);
        cancel(reserved, key);

        assertThat(facts(reserved)).isEqualTo("LATE_CANCELLATION 5000");
    }

    @Test
    void reservationThatIsGivenBackInTimeIsNone() throws ApiException {
        startsIn("49 hours");
        var reserved = reserved();

        cancel(reserved, UUID.randomUUID());

        assertThat(facts(reserved)).isEqualTo("none");
    }

    @Test
    void reservationThatIsGivenBackAtOnceIsNone() throws ApiException {
        var reserved = reservedJustNow();

        cancel(reserved, UUID.randomUUID());

        assertThat(facts(reserved)).isEqualTo("none");
    }

    @Test
    void paymentThatIsBrokenOffIsNone() throws ApiException {
        var waiting =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.CARD);
        madeLongAgo(waiting.orderId());

        theatre.shop().withOrderToken(waiting.orderToken()).orders().cancelOrder(waiting.orderId(), UUID.randomUUID());

        assertThat(facts(waiting.orderId())).isEqualTo("none");
    }

    @Test
    void orderThatTheOfficeHasNotAcceptedYetIsNone() {
        var customer = customer();
        Theatre.execute(
                theatre.db(),
                "insert into credit_account (customer_id, limit_amount) values ('" + customer.value() + "', 0)");
        var order = ((CheckoutOutcome.UnderReview) onAccount(customer)).order().orderId();
        madeLongAgo(order);

        var cancelled = Awaited.of(house.server().bean(Orders.class).cancel(access(order, customer), repeat(order)));

        assertThat(cancelled).isInstanceOf(OrderResult.Changed.class);
        assertThat(facts(order)).isEqualTo("none");
    }

    @Test
    void reservationThatBecomesACartAgainIsNone() throws ApiException {
        var reserved = reserved();

        theatre.shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .releaseOrder(reserved.order().getOrderId(), UUID.randomUUID());

        assertThat(facts(reserved)).isEqualTo("none");
    }

    @Test
    void reservationThatRunsOutIsNone() throws ApiException {
        var reserved = reserved();

        theatre.letTimePass(reserved.order().getOrderId());

        PayPage.await(
                () -> theatre.shop()
                        .withOrderToken(reserved.orderToken())
                        .orders()
                        .getOrder(reserved.order().getOrderId()),
                order -> order.getState() == OrderState.EXPIRED);
        PayPage.await(
                () -> theatre.count("select count(*) from orders where state = 'EXPIRED' and order_id = '"
                        + reserved.order().getOrderId() + "'"),
                expired -> expired == 1);
        assertThat(facts(reserved)).isEqualTo("none");
    }

    @Test
    void cancellationByTheBoxOfficeIsNone() throws ApiException {
        var reserved = reserved();
        var staff = Till.ofStaff(theatre);

        staff.cancel(staff.hijack(reserved.order().getOrderId()), null);

        assertThat(facts(reserved)).isEqualTo("none");
    }

    @Test
    void ticketsOnAccountThatNobodyHasPaidAreGivenBackLikeAReservation() {
        var customer = customer();
        var order = confirmedOnAccount(customer);

        giveBack(order, customer);

        assertThat(facts(order)).isEqualTo("LATE_CANCELLATION 5000");
    }

    @Test
    void ticketsOnAccountThatAreGivenBackInTimeAreNone() {
        startsIn("49 hours");
        var customer = customer();
        var order = confirmedOnAccount(customer);

        giveBack(order, customer);

        assertThat(facts(order)).isEqualTo("none");
    }

    @Test
    void ticketsThatWerePaidForAndAreGivenBackAreARefundAndNothingElse() throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 1));
        madeLongAgo(order.id());

        order.shop().refunds().returnTickets(order.id(), UUID.randomUUID(), new GiveBackRequest());

        assertThat(facts(order.id())).isEqualTo("BUYER_REFUND 5000");
    }

    @ParameterizedTest
    @EnumSource(StaffRefundReason.class)
    void ofWhatStaffGiveBackOnlyTheBuyersOwnWishIsAFact(StaffRefundReason reason) throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 1));

        theatre.office()
                .refundDesk()
                .refundOrder(
                        order.id(),
                        UUID.randomUUID(),
                        new RefundOrderRequest().reason(reason).note("Test"));

        assertThat(facts(order.id()))
                .isEqualTo(reason == StaffRefundReason.BUYER_REQUEST ? "BUYER_REFUND 5000" : "none");
    }

    @Test
    void moneyThatCameTooLateIsNone() throws ApiException {
        var waiting =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.CARD);
        theatre.shop().withOrderToken(waiting.orderToken()).orders().cancelOrder(waiting.orderId(), UUID.randomUUID());

        PayPage.of(waiting.payment()).payLate();

        PayPage.await(new Ledger(theatre, waiting.orderId())::refunds, refunds -> refunds.contains("LATE_PAYMENT"));
        assertThat(facts(waiting.orderId())).isEqualTo("none");
    }

    @Test
    void disputeThatTheBuyerLostIsAFactAndOneThatTheyWonOrThatIsOpenIsNone() throws ApiException {
        var lost = PaidOrder.of(theatre, theatre.best("a", 1));
        var won = PaidOrder.of(theatre, theatre.best("a", 1));
        var open = PaidOrder.of(theatre, theatre.best("a", 1));
        for (var order : new PaidOrder[] {lost, won, open}) {
            PayPage.of(order.payment()).bank("dispute");
        }

        // The sandbox says it as the organiser sees it.
        PayPage.of(lost.payment()).bank("dispute-win");
        PayPage.of(won.payment()).bank("dispute-lose");

        assertThat(facts(lost.id())).isEqualTo("DISPUTE_LOST 5000");
        assertThat(facts(won.id())).isEqualTo("none");
        assertThat(facts(open.id())).isEqualTo("none");
    }

    @Test
    void nothingOfACancelledPerformanceIsAFactWhicheverCameFirst() throws ApiException {
        var reserved = reserved();
        var paid = PaidOrder.of(theatre, theatre.best("a", 1));
        var early = reserved();
        cancel(early, UUID.randomUUID());
        assertThat(facts(early)).isEqualTo("LATE_CANCELLATION 5000");

        theatre.office()
                .performanceChanges()
                .cancelPerformance(
                        theatre.performance(),
                        UUID.randomUUID(),
                        new CancellationRequest().reason("The singer is ill."));

        PayPage.await(new Ledger(theatre, paid.id())::refunds, refunds -> refunds.contains("PERFORMANCE_CANCELLED"));
        PayPage.await(
                () -> theatre.count("select count(*) from orders where state = 'CANCELLED' and order_id = '"
                        + reserved.order().getOrderId() + "'"),
                cancelled -> cancelled == 1);
        assertThat(facts(reserved)).isEqualTo("none");
        assertThat(facts(paid.id())).isEqualTo("none");
        assertThat(facts(early)).isEqualTo("none");
    }

    @Test
    void nothingOfAPostponedPerformanceIsAFactNotEvenTogetherWithAnother() throws ApiException {
        var both = forTwoPerformances();
        var paid = PaidOrder.of(theatre, theatre.best("a", 1));
        var reserved = reserved();

        theatre.office()
                .performanceChanges()
                .postponePerformance(
                        theatre.performance(),
                        UUID.randomUUID(),
                        new PostponementRequest()
                                .startsAt(OffsetDateTime.now().plusHours(30))
                                .refundUntil(OffsetDateTime.now().plusHours(29))
                                .reason("The singer is ill."));
        for (var order : List.of(paid, both)) {
            order.shop().refunds().returnTickets(order.id(), UUID.randomUUID(), new GiveBackRequest());
        }
        cancel(reserved, UUID.randomUUID());

        assertThat(new Ledger(theatre, both.id()).refunds()).contains("BUYER_REQUEST");
        assertThat(facts(both.id())).isEqualTo("none");
        assertThat(facts(paid.id())).isEqualTo("none");
        assertThat(facts(reserved)).isEqualTo("none");
    }

    private PaidOrder forTwoPerformances() throws ApiException {
        var cart = theatre.hold(theatre.best("a", 1));
        var other = house.anotherHall(10);
        var both = theatre.shop()
                .withCartToken(cart.getCartToken())
                .carts()
                .addItems(cart.getCartId(), other.best("a", 1), null, UUID.randomUUID());
        var outcome =
                (Outcome.PaymentRequired) theatre.checkOut(both.cartToken(cart.getCartToken()), PaymentMethod.CARD);
        PayPage.of(outcome.payment()).pay();
        var paid = new PaidOrder(theatre, outcome.orderId(), outcome.orderToken(), outcome.payment());
        PayPage.await(paid::now, order -> order.getState() == OrderState.CONFIRMED);
        return paid;
    }

    private void startsIn(String time) {
        Theatre.execute(
                theatre.db(),
                "update performance set starts_at = clock_timestamp() + interval '" + time + "', sales_end ="
                        + " clock_timestamp() + interval '23 hours' where performance_id = '" + theatre.performance()
                        + "'");
    }

    private Outcome.Reserved reserved() throws ApiException {
        var reserved = reservedJustNow();
        madeLongAgo(reserved.order().getOrderId());
        return reserved;
    }

    private Outcome.Reserved reservedJustNow() throws ApiException {
        return (Outcome.Reserved) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.PAY_LATER);
    }

    private void madeLongAgo(UUID order) {
        Theatre.execute(
                theatre.db(),
                "update orders set created_at = created_at - interval '61 minutes' where order_id = '" + order + "'");
    }

    private CustomerId customer() {
        return new Buyers(house.server(), house.db()).customer(Regular.newEmail());
    }

    private CheckoutOutcome onAccount(CustomerId customer) {
        var buyers = new Buyers(house.server(), house.db());
        return Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "a", 1, null))
                .flatMap(cart -> buyers.checkOut(cart, customer, PurchaseMethod.INVOICE, Regular.newEmail())));
    }

    private UUID confirmedOnAccount(CustomerId customer) {
        var order = ((CheckoutOutcome.Confirmed) onAccount(customer)).order().orderId();
        madeLongAgo(order);
        return order;
    }

    private void cancel(Outcome.Reserved reserved, UUID key) throws ApiException {
        theatre.shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .cancelOrder(reserved.order().getOrderId(), key);
    }

    private void giveBack(UUID order, CustomerId customer) {
        var given = Awaited.of(
                house.server().bean(RefundService.class).returnTickets(access(order, customer), null, repeat(order)));

        assertThat(given).isInstanceOf(RefundResult.Given.class);
    }

    private static OrderAccess access(UUID order, CustomerId customer) {
        return new OrderAccess(new OrderId(order), null, customer);
    }

    private static Idempotency repeat(UUID order) {
        return new Idempotency("test:" + order, UUID.randomUUID(), "00");
    }

    private String facts(Outcome.Reserved reserved) {
        return facts(reserved.order().getOrderId());
    }

    /** Kind and amount of each. */
    private String facts(UUID order) {
        return Awaited.of(theatre.db()
                .sql("select coalesce(string_agg(concat_ws(' ', kind, amount), ', '), 'none') from suggestion_fact"
                        + " where order_id = '" + order + "'")
                .mapValue(String.class)
                .one());
    }
}
