package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.euros;
import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How an order leaves a clerk's hands: reserved, linked, paid, handed back, cancelled, in a case; and why not. */
class DeskOutcomeTests {

    private static final Desk DESK = Desk.open();
    private static final Map<String, Object> CALLER = of("phone", "+49 30 1");
    private static final long LIMIT = 50_000;

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @Test
    void reservationHoldsUntilItIsToBePaid() {
        var order = DESK.order(CLERK, DESK.best("a", 1), CALLER);
        var until = inDays(2);

        var reserved = reserve(order, 1, until).get("order");

        assertThat(reserved.get("state").asString()).isEqualTo("RESERVED");
        assertThat(Instant.parse(reserved.get("payUntil").asString())).isEqualTo(Instant.parse(until));
        assertThat(DESK.heldBy(order)).isOne();
        assertThat(reserved.has("lease")).isFalse();
    }

    @Test
    void d19ReservationIsMadeLongerByAnyClerkAndNeverShorter() {
        var order = DESK.order(CLERK, DESK.best("a", 1), CALLER);
        reserve(order, 1, inDays(3));

        assertThat(refusal(reserve(order, null, inDays(2)))).isEqualTo("DEADLINE_SHORTENED");
        assertThat(refusal(reserve(order, null, inDays(5)))).isEqualTo("done");
        DESK.hijack(CLERK, order);
        assertThat(refusal(reserve(order, 2, inDays(4)))).isEqualTo("DEADLINE_SHORTENED");
        assertThat(refusal(reserve(order, 2, null)))
                .as("the shop's time, or what was promised")
                .isEqualTo("done");
    }

    @Test
    void d16TransferKeepsItsGraceWhenItsReservationIsMadeLonger() {
        var order = DESK.order(CLERK, DESK.best("a", 1), CALLER);
        reserve(order, 1, inDays(3));
        DESK.run("update orders set held_until = pay_until + interval '2 days' where order_id = '" + order + "'");
        DESK.run("update place set held_until = held_until + interval '2 days' where holder = '" + order + "'");

        reserve(order, null, inDays(4));
        assertThat(hasGraceOfTwoDays(order)).isTrue();

        DESK.hijack(CLERK, order);
        reserve(order, 2, inDays(6));
        assertThat(hasGraceOfTwoDays(order)).isTrue();

        DESK.run(
                "update performance set starts_at = clock_timestamp() + interval '8 days', sales_end = clock_timestamp()");
        reserve(order, null, inDays(7));
        assertThat(hasGraceOfTwoDays(order))
                .as("it ends an hour before the show")
                .isFalse();
    }

    private static boolean hasGraceOfTwoDays(UUID order) {
        return DESK.number("select count(*) from orders join place on holder = order_id where order_id = '" + order
                        + "' and place.held_until = orders.held_until"
                        + " and orders.held_until = pay_until + interval '2 days'")
                == 1;
    }

    @Test
    void reservationIsRefused() {
        var nobody = DESK.order(CLERK, DESK.best("a", 1), null);
        assertThat(refusal(reserve(nobody, 1, null))).isEqualTo("CONTACT_MISSING");

        var order = DESK.order(CLERK, DESK.best("a", 1), CALLER);
        assertThat(refusal(reserve(order, 1, "2026-01-01T00:00:00Z"))).isEqualTo("PAY_UNTIL_INVALID");
        assertThat(refusal(reserve(order, 1, inDays(31)))).isEqualTo("PAY_UNTIL_INVALID");

        var free = DESK.order(CLERK, DESK.best("free", 1), CALLER);
        assertThat(refusal(reserve(free, 1, null)))
                .as("there is nothing to wait for")
                .isEqualTo("ORDER_STATE_CONFLICT");

        DESK.done(CLERK, "remove_desk_item", "orderId", order, "fence", 1, "itemId", DESK.itemOf(order));
        assertThat(refusal(reserve(order, 1, null))).isEqualTo("ORDER_EMPTY");
    }

    @Test
    void reservationThatPassesTheLimitGoesToTheBackOffice() {
        var order = DESK.hijackedCart(CLERK, DESK.customer(), DESK.best("a", 2));
        DESK.done(CLERK, "set_desk_buyer", "orderId", order, "fence", 1, "buyer", CALLER);
        assertThat(refusal(DESK.ask(CLERK, "reserve_at_desk", "orderId", order, "fence", 1, "defaultLimit", 9_999)))
                .isEqualTo("OVER_LIMIT");
        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");

        assertThat(refusal(askForCredit(order, 1))).isEqualTo("done");
        assertThat(DESK.stateOf(order)).isEqualTo("UNDER_REVIEW");
        assertThat(DESK.heldBy(order)).isEqualTo(2);

        DESK.hijack(CLERK, order);
        assertThat(refusal(askForCredit(order, 2))).isEqualTo("CASE_OPEN");
        assertThat(refusal(reserve(order, 2, null))).isEqualTo("CASE_OPEN");
        assertThat(refusal(link(order, 2, "PRINT"))).isEqualTo("CASE_OPEN");
        assertThat(refusal(pay(order, 2, 10_000)))
                .as("the money settles the case")
                .isEqualTo("done");
        assertThat(DESK.text("select state from case_file where order_id = '" + order + "'"))
                .isEqualTo("SETTLED");
    }

    @Test
    void caseIsForCustomersWhoOweSomething() {
        assertThat(refusal(askForCredit(DESK.order(CLERK, DESK.best("a", 1), CALLER), 1)))
                .isEqualTo("ORDER_STATE_CONFLICT");
        var free = DESK.hijackedCart(CLERK, DESK.customer(), DESK.best("free", 1));
        assertThat(refusal(askForCredit(free, 1))).isEqualTo("ORDER_STATE_CONFLICT");
        DESK.done(CLERK, "remove_desk_item", "orderId", free, "fence", 1, "itemId", DESK.itemOf(free));
        assertThat(refusal(askForCredit(free, 1))).isEqualTo("ORDER_EMPTY");
    }

    @Test
    void d19CaseDoesNotShortenAReservation() {
        var order = DESK.hijackedCart(CLERK, DESK.customer(), DESK.best("a", 1));
        DESK.done(CLERK, "set_desk_buyer", "orderId", order, "fence", 1, "buyer", CALLER);
        reserve(order, 1, inDays(6));
        DESK.hijack(CLERK, order);

        askForCredit(order, 2);

        assertThat(DESK.number("select count(*) from orders join case_file using (order_id) where deadline = held_until"
                        + " and held_until > clock_timestamp() + interval '5 days' and order_id = '" + order + "'"))
                .isOne();
    }

    @Test
    void linkSendsTheOrderOnItsWay() {
        var order = DESK.order(CLERK, DESK.best("a", 1), null);

        assertThat(refusal(link(order, 1, "EMAIL"))).isEqualTo("CONTACT_MISSING");
        assertThat(refusal(link(order, 1, "PRINT"))).isEqualTo("done");
        assertThat(DESK.stateOf(order)).isEqualTo("AWAITING_PAYMENT");
        assertThat(DESK.heldBy(order)).isOne();
    }

    @Test
    void moneyConfirmsTheOrderAndLessStaysWithTheClerk() {
        var order = DESK.order(CLERK, DESK.best("a", 1), null);

        var part = DESK.done(
                CLERK,
                "take_payment",
                "orderId",
                order,
                "fence",
                1,
                "counterPaymentId",
                UUID.randomUUID(),
                "method",
                "CASH",
                "amount",
                euros(2_000),
                "tendered",
                5_000);
        assertThat(part.get("counterPayment").get("change").get("amount").asLong())
                .isEqualTo(3_000);
        assertThat(part.get("order").get("paymentStatus").asString()).isEqualTo("PART_PAID");
        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");

        assertThat(refusal(pay(order, 1, 3_000))).isEqualTo("done");
        assertThat(DESK.stateOf(order)).isEqualTo("CONFIRMED");
        assertThat(DESK.number("select count(*) from ticket where order_id = '" + order + "'"))
                .isOne();
    }

    @Test
    void d9WhatCostsNothingIsConfirmedByTakingNothing() {
        var order = DESK.order(CLERK, DESK.best("free", 2), null);

        assertThat(refusal(pay(order, 1, 0))).isEqualTo("done");
        assertThat(DESK.stateOf(order)).isEqualTo("CONFIRMED");
    }

    @Test
    void moneyIsRefused() {
        var order = DESK.order(CLERK, DESK.best("a", 1), null);

        assertThat(refusal(pay(order, 1, 5_001))).isEqualTo("AMOUNT_DIFFERS");
        assertThat(refusal(pay(order, 1, 0))).isEqualTo("AMOUNT_DIFFERS");
        assertThat(refusal(voucher(order, "v1", of("amount", 5_000, "currency", "CHF"))))
                .isEqualTo("AMOUNT_DIFFERS");
        assertThat(refusal(DESK.ask(
                        CLERK,
                        "take_payment",
                        "orderId",
                        order,
                        "fence",
                        1,
                        "counterPaymentId",
                        UUID.randomUUID(),
                        "method",
                        "CASH",
                        "amount",
                        euros(5_000),
                        "tendered",
                        4_999)))
                .isEqualTo("TENDERED_TOO_LOW");
        assertThat(refusal(voucher(order, "v1", euros(1_000)))).isEqualTo("done");
        assertThat(refusal(voucher(order, "v1", euros(1_000))))
                .as("a voucher is taken once")
                .isEqualTo("ALREADY_EXISTS");

        var late = DESK.order(CLERK, DESK.best("a", 1), null);
        DESK.run("update performance set state = 'CANCELLED' where performance_id = '" + DESK.evening() + "'");
        assertThat(refusal(pay(late, 1, 5_000))).isEqualTo("PERFORMANCE_CANCELLED");
        DESK.done(CLERK, "remove_desk_item", "orderId", late, "fence", 1, "itemId", DESK.itemOf(late));
        assertThat(refusal(pay(late, 1, 0))).isEqualTo("ORDER_EMPTY");
    }

    @Test
    void cancelledOrderGivesItsMoneyBackIfTheClerkSaysWhy() {
        var order = DESK.order(CLERK, DESK.best("a", 1), null);
        pay(order, 1, 2_000);

        assertThat(refusal(DESK.ask(CLERK, "cancel_at_desk", "orderId", order, "fence", 1)))
                .isEqualTo("HAS_PAYMENTS");
        assertThat(refusal(DESK.ask(CLERK, "cancel_at_desk", "orderId", order, "fence", 1, "refundReason", "GOODWILL")))
                .isEqualTo("done");
        assertThat(DESK.stateOf(order)).isEqualTo("CANCELLED");
        assertThat(DESK.heldBy(order)).isZero();
        assertThat(DESK.text(
                        "select concat_ws(' ', amount, state, reason) from refund where order_id = '" + order + "'"))
                .isEqualTo("2000 BY_HAND GOODWILL");
    }

    @Test
    void handBackOpensTheCustomersCartWithWhatTheClerkHasMadeOfIt() {
        var order = DESK.hijackedCart(CLERK, null, DESK.seats("r1-1"));
        var cart = DESK.text("select cart_id::text from orders where order_id = '" + order + "'");
        DESK.done(
                CLERK,
                "add_desk_items",
                "orderId",
                order,
                "fence",
                1,
                "selection",
                DESK.best("ga", 2),
                "defaultLimit",
                LIMIT);

        var answer = handBack(order, 1);

        assertThat(answer.get("handedBack").asString()).isEqualTo("CART");
        assertThat(DESK.heldBy(UUID.fromString(cart))).isEqualTo(3);
        assertThat(DESK.heldBy(order)).isZero();
        assertThat(DESK.text(
                        "select concat_ws(' ', state, item_count, expires_at > clock_timestamp() + interval '14 minutes')"
                                + " from cart where cart_id = '" + cart + "'"))
                .isEqualTo("OPEN 3 t");
    }

    @Test
    void handBackGivesAnotherCodeWhenSomebodyElseHasTheOldOne() {
        var order = DESK.hijackedCart(CLERK, null, DESK.seats("r1-1"));
        var cart = DESK.text("select cart_id::text from orders where order_id = '" + order + "'");
        var other = DESK.cart(null, null);
        DESK.run("update cart set pickup_code = (select pickup_code from cart where cart_id = '" + cart
                + "') where cart_id = '" + other + "'");

        handBack(order, 1);

        assertThat(DESK.codeOf(UUID.fromString(cart))).isNotEqualTo(DESK.codeOf(other));
    }

    @Test
    void handBackOfAnOrderMakesItWhatItWas() {
        var order = DESK.hijackedReservation(CLERK);

        assertThat(handBack(order, 2).get("handedBack").asString()).isEqualTo("ORDER");
        assertThat(DESK.stateOf(order)).isEqualTo("RESERVED");
        assertThat(DESK.heldBy(order)).isOne();
    }

    @Test
    void d9HandBackOfWhatCostsNothingAnyMoreConfirmsIt() {
        var order = DESK.hijackedReservation(CLERK);
        DESK.done(
                CLERK,
                "add_desk_items",
                "orderId",
                order,
                "fence",
                2,
                "selection",
                DESK.best("free", 1),
                "defaultLimit",
                LIMIT);
        DESK.done(CLERK, "remove_desk_item", "orderId", order, "fence", 2, "itemId", DESK.itemOf(order));

        handBack(order, 2);

        assertThat(DESK.stateOf(order)).isEqualTo("CONFIRMED");
    }

    @Test
    void handBackIsRefused() {
        var own = DESK.order(CLERK, DESK.best("a", 1), null);
        assertThat(refusal(handBack(own, 1))).as("it was nobody's before").isEqualTo("ORDER_STATE_CONFLICT");

        var paid = DESK.hijackedCart(CLERK, null, DESK.best("a", 1));
        pay(paid, 1, 1_000);
        assertThat(refusal(handBack(paid, 1))).isEqualTo("HAS_PAYMENTS");

        var emptied = DESK.hijackedReservation(CLERK);
        DESK.done(CLERK, "remove_desk_item", "orderId", emptied, "fence", 2, "itemId", DESK.itemOf(emptied));
        assertThat(refusal(handBack(emptied, 2))).isEqualTo("ORDER_EMPTY");
    }

    private static String inDays(int days) {
        return Instant.now()
                .plus(Duration.ofDays(days))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static JsonNode reserve(UUID order, Integer fence, String until) {
        return DESK.ask(
                CLERK, "reserve_at_desk", "orderId", order, "fence", fence, "payUntil", until, "defaultLimit", LIMIT);
    }

    private static JsonNode askForCredit(UUID order, int fence) {
        return DESK.ask(
                CLERK,
                "open_desk_case",
                "orderId",
                order,
                "fence",
                fence,
                "caseNumbers",
                java.util.List.of("1234" + Desk.freshCode()),
                "seconds",
                86_400,
                "note",
                "asks for more");
    }

    private static JsonNode link(UUID order, int fence, String delivery) {
        var link = UUID.randomUUID();
        return DESK.ask(
                CLERK,
                "send_payment_link",
                "orderId",
                order,
                "fence",
                fence,
                "linkId",
                link,
                "tokenHash",
                link.toString().replace("-", ""),
                "delivery",
                delivery,
                "by",
                "clerk",
                "defaultLimit",
                LIMIT);
    }

    private static JsonNode pay(UUID order, int fence, long amount) {
        return DESK.ask(
                CLERK,
                "take_payment",
                "orderId",
                order,
                "fence",
                fence,
                "counterPaymentId",
                UUID.randomUUID(),
                "method",
                "CASH",
                "amount",
                euros(amount));
    }

    private static JsonNode voucher(UUID order, String number, Map<String, Object> amount) {
        return DESK.ask(
                CLERK,
                "take_payment",
                "orderId",
                order,
                "fence",
                1,
                "counterPaymentId",
                UUID.randomUUID(),
                "method",
                "VOUCHER",
                "reference",
                number,
                "amount",
                amount);
    }

    private static JsonNode handBack(UUID order, int fence) {
        return DESK.ask(CLERK, "hand_back", "orderId", order, "fence", fence, "pickupCode", Desk.freshCode());
    }
}
