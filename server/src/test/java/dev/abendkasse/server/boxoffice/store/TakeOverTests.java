package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CLERK;
import static dev.abendkasse.server.boxoffice.walk.Clerk.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a take-over does besides: seats that never are nobody's, payments that end, deadlines, and money that comes all the same. */
class TakeOverTests {

    private static final Desk DESK = Desk.open();

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @AfterEach
    void endLeasesAsBefore() {
        DESK.run("update shop set lease_end = 'GIVE_BACK'");
    }

    @Test
    void p1EachSeatOfACartGoesToTheClerkAndBackWithoutBeingNobodysInBetween() {
        var order = DESK.hijackedCart(CLERK, null, DESK.seats("r1-1", "r1-2"));
        var cart = DESK.text("select cart_id::text from orders where order_id = '" + order + "'");

        assertThat(DESK.handBack(CLERK, order, 1).get("handedBack").asString()).isEqualTo("CART");

        assertThat(holdersOf("r1-1")).isEqualTo(cart + " " + order + " " + cart);
        assertThat(holdersOf("r1-2")).isEqualTo(cart + " " + order + " " + cart);
    }

    @Test
    void p1SeatsOfAnOrderStayItsOwnFromTakeOverToPayment() {
        var order = DESK.hijackedReservation(CLERK);
        DESK.pay(CLERK, order, 2, 5_000);

        assertThat(DESK.stateOf(order)).isEqualTo("CONFIRMED");
        assertThat(DESK.number("select count(*) from place_change where performance_id = '" + DESK.evening() + "'"))
                .as("it was taken once")
                .isOne();
    }

    @Test
    void openPaymentOfAnOrderThatIsTakenOverEndsAtTheProviderToo() {
        var order = DESK.order(CLERK, DESK.best("a", 1), of("phone", "+49 30 1"));
        DESK.reserve(CLERK, order, 1);
        var payment = payment(order, "ACTION_REQUIRED", 5_000);

        DESK.hijack(CLERK, order);

        assertThat(DESK.text("select state from payment where payment_id = '" + payment + "'"))
                .isEqualTo("CANCELLED");
        assertThat(DESK.number("select count(*) from outbox_message where kind = 'PAYMENT_CANCEL' and state = 'WAITING'"
                        + " and due_at <= clock_timestamp() and key = '" + payment + "'"))
                .isOne();
    }

    @Test
    void moreMoneyThanTheOrderStillCostsConfirmsItAndTheDifferenceGoesBackOnce() {
        var order = DESK.order(CLERK, DESK.best("a", 2), of("phone", "+49 30 1"));
        DESK.reserve(CLERK, order, 1);
        var payment = payment(order, "ACTION_REQUIRED", 10_000);
        DESK.hijack(CLERK, order);
        DESK.done(CLERK, "remove_desk_item", "orderId", order, "fence", 2, "itemId", DESK.itemOf(order));

        succeed(payment, 10_000);
        succeed(payment, 10_000);

        assertThat(DESK.stateOf(order)).isEqualTo("CONFIRMED");
        assertThat(DESK.text("select string_agg(amount || ' ' || reason, ', ') from refund where order_id = '" + order
                        + "'"))
                .isEqualTo("5000 OVERPAYMENT");
        assertThat(DESK.number("select sum(amount)::bigint from money_entry where order_id = '" + order + "'"))
                .isEqualTo(5_000);
        assertThat(DESK.text("select state from hijack where order_id = '" + order + "'"))
                .isEqualTo("PAID");
    }

    @Test
    void d19OrderIsBackWithAQuarterOfAnHourWhenTheLeaseEndsAndItsTimeWasUpMeanwhile() {
        var order = DESK.order(CLERK, DESK.best("a", 1), of("phone", "+49 30 1"));
        DESK.reserve(CLERK, order, 1);
        DESK.hijack(CLERK, order);
        DESK.run("update desk set former_held_until = clock_timestamp() - interval '1 minute',"
                + " former_pay_until = clock_timestamp() - interval '1 minute' where order_id = '" + order + "'");

        DESK.endLeases();

        assertThat(DESK.stateOf(order)).isEqualTo("RESERVED");
        assertThat(DESK.text("select concat_ws(' ', min(place.held_until) > clock_timestamp() + interval '14 minutes',"
                        + " min(orders.pay_until) > clock_timestamp() + interval '14 minutes')"
                        + " from orders join place on holder = order_id where order_id = '" + order + "'"))
                .isEqualTo("t t");
    }

    @Test
    void shopThatKeepsWhatClerksLeaveLyingHasASupervisorGoOn() {
        DESK.run("update shop set lease_end = 'KEEP'");
        var order = DESK.hijackedCart(CLERK, null, DESK.best("a", 1));

        DESK.endLeases();

        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");
        assertThat(DESK.heldBy(order)).isOne();
        assertThat(refusal(DESK.ask(CLERK, "renew_lease", "orderId", order, "fence", 1)))
                .isEqualTo("LEASE_LOST");
        assertThat(DESK.done(SUPERVISOR, "desk_drafts", "stale", true, "limit", 100)
                        .get("orders")
                        .valueStream()
                        .map(draft -> draft.get("orderId").asString()))
                .contains(order.toString());
        DESK.done(SUPERVISOR, "take_over_order", "orderId", order, "reason", "is away");
        assertThat(refusal(DESK.handBack(SUPERVISOR, order, 2))).isEqualTo("done");
    }

    @Test
    void d12WarningHoldsACartNoLongerThanItsCap() {
        var cart = DESK.cart(null, DESK.best("a", 1));
        DESK.run("update cart set first_hold_at = clock_timestamp() - interval '43 minutes',"
                + " expires_at = clock_timestamp() + interval '1 minute' where cart_id = '" + cart + "'");
        DESK.run("update place set held_until = (select expires_at from cart where cart_id = holder) where holder = '"
                + cart + "'");

        DESK.done(CLERK, "create_hijack", "hijackId", UUID.randomUUID(), "cartId", cart);

        assertThat(DESK.text("select (expires_at = first_hold_at + interval '45 minutes')::text from cart"
                        + " where cart_id = '" + cart + "'"))
                .isEqualTo("true");
    }

    private static UUID payment(UUID order, String state, long amount) {
        var payment = UUID.randomUUID();
        DESK.run(
                "insert into payment (payment_id, order_id, method, amount, currency, state, provider_reference, expires_at)"
                        + " values ('" + payment + "', '" + order + "', 'CARD', " + amount + ", 'EUR', '" + state
                        + "', 'ref-"
                        + payment + "', clock_timestamp() + interval '30 minutes')");
        return payment;
    }

    private static void succeed(UUID payment, long amount) {
        DESK.ask(
                "settle_payment",
                of(
                        "paymentId",
                        payment,
                        "kind",
                        "SUCCEEDED",
                        "amount",
                        amount,
                        "currency",
                        "EUR",
                        "caseNumber",
                        "8" + Desk.freshCode() + "003"));
    }

    /** One after the other; "nobody" where the seat was free. */
    private static String holdersOf(String seat) {
        return DESK.text("select string_agg(coalesce(change.holder::text, 'nobody'), ' ' order by change.fence)"
                + " from place_change change join place using (performance_id, place_no)"
                + " where performance_id = '" + DESK.evening() + "' and seat_id = '" + seat + "'");
    }
}
