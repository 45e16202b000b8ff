package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a purchase was promised before a clerk took it over holds while they have it and afterwards. */
class DeskPromiseTests {

    private static final Desk DESK = Desk.open();

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @Test
    void c4AndP6ReservationThatCostsNothingForAWhileStillCountsAgainstTheLimit() {
        var customer = DESK.customer();
        var order = reservationOf(customer);
        DESK.run("insert into price (performance_id, category, ordinal, price_type, name, amount) values ('"
                + DESK.evening() + "', 'a', 3, 'none', 'Gift', 0)");
        DESK.done(
                CLERK,
                "change_desk_item",
                "orderId",
                order,
                "fence",
                2,
                "itemId",
                DESK.itemOf(order),
                "priceType",
                "none",
                "defaultLimit",
                8_000);
        assertThat(exposure(customer)).isZero();

        assertThat(refusal(add(order, DESK.best("a", 2), 8_000))).isEqualTo("OVER_LIMIT");
        assertThat(refusal(add(order, DESK.best("a", 1), 8_000))).isEqualTo("done");

        assertThat(exposure(customer)).isEqualTo(5_000);
        assertThat(refusal(DESK.handBack(CLERK, order, 2))).isEqualTo("done");
        assertThat(DESK.stateOf(order)).isEqualTo("RESERVED");
        assertThat(exposure(customer)).isEqualTo(5_000);
    }

    @Test
    void p2OrderThatRanOutWhileItsTakeOverWaitedForThePersonIsNotTakenOver() {
        var customer = DESK.customer();
        var order = reservation(customer);
        var hijack = UUID.randomUUID();
        DESK.done(CLERK, "create_hijack", "hijackId", hijack, "orderId", order);
        var version = DESK.versionOf(order);
        DESK.endSoon(order);

        var answer = DESK.whileLocked(
                "select lock_person(array[uuid_send('" + customer + "'::uuid)]) offset 0",
                () -> DESK.confirm(CLERK, hijack, version, null));

        assertThat(refusal(answer)).isEqualTo("ALREADY_DECIDED");
        assertThat(answer.get("order").get("state").asString()).isEqualTo("EXPIRED");
        assertThat(DESK.stateOf(order)).isEqualTo("RESERVED");
        assertThat(DESK.heldBy(order)).isZero();
    }

    @Test
    void p1OrderThatHasLostASeatIsNotTakenOver() {
        var order = reservation(null);
        var hijack = UUID.randomUUID();
        DESK.done(CLERK, "create_hijack", "hijackId", hijack, "orderId", order);
        DESK.run("update place set holder = null, held_until = '-infinity' where holder = '" + order + "'");

        assertThat(refusal(DESK.confirm(CLERK, hijack, DESK.versionOf(order), null)))
                .isEqualTo("ALREADY_DECIDED");

        assertThat(DESK.stateOf(order)).isEqualTo("RESERVED");
    }

    @Test
    void p2CartThatRanOutWhileItsWarningWaitedForAPlaceIsNotHeldAnyLonger() {
        var cart = DESK.cart(null, DESK.best("a", 2));
        DESK.endSoon(cart);

        var answer = DESK.whileLocked(
                "select from place where holder = '" + cart + "' for update",
                () -> DESK.ask(CLERK, "create_hijack", "hijackId", UUID.randomUUID(), "cartId", cart));

        assertThat(refusal(answer)).isEqualTo("CART_CLOSED");
        assertThat(DESK.text("select (expires_at <= clock_timestamp())::text from cart where cart_id = '" + cart + "'"))
                .isEqualTo("true");
    }

    @Test
    void moneyForAnOrderThatAClerkHasEmptiedGoesBackAndSellsNothing() {
        var order = DESK.order(CLERK, DESK.best("a", 1), of("phone", "+49 30 1"));
        var payment = UUID.randomUUID();
        DESK.run("insert into payment (payment_id, order_id, method, amount, currency, state, expires_at) values ('"
                + payment + "', '" + order + "', 'CARD', 5000, 'EUR', 'CANCELLED', clock_timestamp())");
        DESK.done(CLERK, "remove_desk_item", "orderId", order, "fence", 1, "itemId", DESK.itemOf(order));

        DESK.ask(
                "settle_payment",
                of(
                        "paymentId",
                        payment,
                        "kind",
                        "SUCCEEDED",
                        "amount",
                        5_000,
                        "currency",
                        "EUR",
                        "caseNumber",
                        "9" + Desk.freshCode() + "001"));

        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");
        assertThat(DESK.text("select amount || ' ' || reason from refund where order_id = '" + order + "'"))
                .isEqualTo("5000 LATE_PAYMENT");
        assertThat(DESK.number("select count(*) from case_file where order_id = '" + order + "'"))
                .isOne();
    }

    @Test
    void postponementHoldsWhatClerksHaveUntilAfterTheNewDate() {
        var order = DESK.order(CLERK, DESK.best("a", 2), null);

        DESK.done(
                CLERK,
                "change_performance",
                "performanceId",
                DESK.evening(),
                "kind",
                "POSTPONEMENT",
                "startsAt",
                DESK.text("select (clock_timestamp() + interval '90 days')::text"),
                "refundUntil",
                DESK.text("select (clock_timestamp() + interval '20 days')::text"),
                "reason",
                "ill",
                "by",
                "supervisor");
        DESK.ask(
                "advance_performance_change",
                of(
                        "changeId",
                        DESK.text("select change_id::text from performance_change where performance_id = '"
                                + DESK.evening() + "'"),
                        "caseNumbers",
                        List.of("9" + Desk.freshCode() + "002")));

        assertThat(daysHeld(order)).isEqualTo(90);
    }

    @Test
    void anotherDateHoldsWhatClerksHaveUntilAfterIt() {
        var order = DESK.order(CLERK, DESK.best("a", 2), null);
        DESK.run("update performance set starts_at = clock_timestamp() + interval '60 days' where performance_id = '"
                + DESK.evening() + "'");

        DESK.run("select hold_desk_orders('" + DESK.evening() + "')");

        assertThat(daysHeld(order)).isEqualTo(60);
    }

    @Test
    void d10OrderThatHasRunOutIsHadBackThoughNothingHasSweptIt() {
        var order = reservation(null);
        DESK.letTimePass(order);

        assertThat(refusal(DESK.ask(CLERK, "recover_order", "orderId", order, "caseNumber", "1")))
                .isEqualTo("done");

        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");
        assertThat(DESK.heldBy(order)).isOne();
    }

    @Test
    void hadBackOrderOfACustomerIsReservedAtTheEndOfTheLeaseIfTheyMayOweIt() {
        var customer = DESK.customer();
        var order = reservation(customer);
        DESK.letTimePass(order);
        DESK.done(CLERK, "recover_order", "orderId", order, "caseNumber", "1");
        DESK.endLeases();
        assertThat(DESK.stateOf(order)).isEqualTo("RESERVED");
        assertThat(exposure(customer)).isEqualTo(5_000);

        DESK.letTimePass(order);
        DESK.done(CLERK, "recover_order", "orderId", order, "caseNumber", "1");
        DESK.run("update credit_account set limit_amount = 4999 where customer_id = '" + customer + "'");
        DESK.endLeases();
        assertThat(DESK.stateOf(order)).isEqualTo("CANCELLED");
        assertThat(exposure(customer)).isZero();
    }

    @Test
    void handBackGivesTheCustomerTheBuyerThatTheClerkWroteDown() {
        var order = DESK.hijackedCart(CLERK, null, DESK.best("a", 1));
        var cart = DESK.text("select cart_id::text from orders where order_id = '" + order + "'");
        setBuyer(order, of("name", "Example Buyer", "email", "buyer@example.org"), "0b0b");

        DESK.handBack(CLERK, order, 1);

        assertThat(DESK.text("select (buyer ->> 'email') || ' ' || encode(buyer_match_key, 'hex') from cart"
                        + " where cart_id = '" + cart + "'"))
                .isEqualTo("buyer@example.org 0b0b");

        var called = DESK.hijackedCart(CLERK, null, DESK.best("a", 1));
        setBuyer(called, of("phone", "+49 30 1"), null);
        DESK.handBack(CLERK, called, 1);
        assertThat(DESK.number("select count(*) from cart where buyer is null and state = 'OPEN' and item_count = 1"))
                .as("a telephone number is not enough for a cart")
                .isPositive();
    }

    @Test
    void linkIsNotPaidWhileAClerkHasItsOrder() {
        var order = DESK.order(CLERK, DESK.best("a", 1), of("phone", "+49 30 1"));
        var link = UUID.randomUUID();
        var token = link.toString().replace("-", "");
        sendLink(order, 1, link);
        DESK.hijack(CLERK, order);

        assertThat(refusal(payByLink(token))).isEqualTo("ORDER_STATE_CONFLICT");
        assertThat(DESK.number("select count(*) from payment where order_id = '" + order + "'"))
                .isZero();

        DESK.handBack(CLERK, order, 2);
        assertThat(refusal(payByLink(token))).isEqualTo("done");
    }

    @Test
    void reservationThatALinkMakesLongerIsRemindedOfItsNewEnd() {
        DESK.run("update shop set reminder_seconds = 3600, reservation_seconds = 36000");
        var order = reservation(null);

        sendLink(order, null, UUID.randomUUID());

        assertThat(DESK.number("select count(*) from outbox_message join orders on order_id = '" + order + "'"
                        + " where key = 'reservation-reminder:' || order_id || ':' || extract(epoch from pay_until)::bigint"
                        + " and outbox_message.state = 'WAITING' and due_at = pay_until - interval '1 hour'"))
                .isOne();
        DESK.run("update shop set reminder_seconds = 86400, reservation_seconds = 604800");
    }

    @Test
    void reminderThatWasDueWhileAClerkHadTheReservationIsSentWhenItIsBack() {
        var order = reservation(null);
        DESK.hijack(CLERK, order);
        DESK.run("update outbox_message set state = 'DONE', ended_at = clock_timestamp() where key like"
                + " 'reservation-reminder:" + order + "%'");
        DESK.run("update hijack set confirmed_at = confirmed_at - interval '10 seconds' where order_id = '" + order
                + "'");
        DESK.run("update shop set reminder_seconds = ceil(extract(epoch from former_pay_until - clock_timestamp()))"
                + " from desk where order_id = '" + order + "'");

        DESK.handBack(CLERK, order, 2);

        assertThat(DESK.number("select count(*) from outbox_message where state = 'WAITING' and key like"
                        + " 'reservation-reminder:" + order + "%'"))
                .isOne();
        DESK.run("update shop set reminder_seconds = 86400");
    }

    @Test
    void receiptOrVoucherPaysOnceWhateverTheOrder() {
        var first = DESK.order(CLERK, DESK.best("a", 1), null);
        var second = DESK.order(CLERK, DESK.best("a", 1), null);
        assertThat(refusal(DESK.pay(CLERK, first, 1, 1_000, "VOUCHER", "gift-1")))
                .isEqualTo("done");
        assertThat(refusal(DESK.pay(CLERK, first, 1, 1_000, "CARD_TERMINAL", "0042")))
                .isEqualTo("done");

        assertThat(refusal(DESK.pay(CLERK, second, 1, 5_000, "VOUCHER", "gift-1")))
                .isEqualTo("ALREADY_EXISTS");
        assertThat(refusal(DESK.pay(CLERK, second, 1, 5_000, "CARD_TERMINAL", "0042")))
                .isEqualTo("ALREADY_EXISTS");

        DESK.run("update counter_payment set at = at - interval '1 day' where reference in ('gift-1', '0042')");
        assertThat(refusal(DESK.pay(CLERK, second, 1, 1_000, "CARD_TERMINAL", "0042")))
                .as("terminals begin to count anew")
                .isEqualTo("done");
        assertThat(refusal(DESK.pay(CLERK, second, 1, 1_000, "VOUCHER", "gift-1")))
                .isEqualTo("ALREADY_EXISTS");
        DESK.done(CLERK, "cancel_at_desk", "orderId", first, "fence", 1, "refundReason", "GOODWILL");
        assertThat(refusal(DESK.pay(CLERK, second, 1, 1_000, "VOUCHER", "gift-1")))
                .as("its order has ended")
                .isEqualTo("done");
    }

    /** Of 50.00; not taken over again. */
    private static UUID reservation(UUID customer) {
        var order = customer == null
                ? DESK.order(CLERK, DESK.best("a", 1), null)
                : DESK.hijackedCart(CLERK, customer, DESK.best("a", 1));
        setBuyer(order, of("phone", "+49 30 1"), null);
        assertThat(refusal(DESK.reserve(CLERK, order, 1))).isEqualTo("done");
        return order;
    }

    /** Taken over again; its fence is 2. */
    private static UUID reservationOf(UUID customer) {
        var order = reservation(customer);
        DESK.hijack(CLERK, order);
        return order;
    }

    private static void setBuyer(UUID order, Object buyer, String matchKey) {
        DESK.done(CLERK, "set_desk_buyer", "orderId", order, "fence", 1, "buyer", buyer, "matchKey", matchKey);
    }

    private static JsonNode add(UUID order, Object selection, long limit) {
        return DESK.ask(
                CLERK, "add_desk_items", "orderId", order, "fence", 2, "selection", selection, "defaultLimit", limit);
    }

    private static void sendLink(UUID order, Integer fence, UUID link) {
        DESK.done(
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
                "PRINT",
                "by",
                "clerk",
                "defaultLimit",
                50_000);
    }

    private static JsonNode payByLink(String token) {
        var command =
                of("tokenHash", token, "amount", Desk.euros(5_000), "paymentId", UUID.randomUUID(), "method", "CARD");
        command.put("repeat", of("scope", "test", "key", UUID.randomUUID(), "requestHash", "00"));
        return DESK.ask("pay_by_link", command);
    }

    private static long daysHeld(UUID order) {
        return DESK.number("select (extract(epoch from min(held_until) - clock_timestamp()) / 86400)::bigint - 1"
                + " from place where holder = '" + order + "'");
    }

    private static long exposure(UUID customer) {
        return DESK.number("select exposure from credit_account where customer_id = '" + customer + "'");
    }
}
