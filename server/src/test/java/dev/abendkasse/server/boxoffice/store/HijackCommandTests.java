package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CLERK;
import static dev.abendkasse.server.boxoffice.walk.Clerk.COLLEAGUE;
import static dev.abendkasse.server.boxoffice.walk.Clerk.PARTNER;
import static dev.abendkasse.server.boxoffice.walk.Clerk.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.boxoffice.walk.Clerk;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Taking purchases over, losing them when time is up, having back what has run out; and why not. */
class HijackCommandTests {

    private static final Desk DESK = Desk.open();

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @Test
    void cartIsTakenOverByItsCode() {
        var cart = DESK.cart(null, DESK.seats("r1-1", "r1-2"));
        var hijack = UUID.randomUUID();
        var order = UUID.randomUUID();

        var warned = DESK.done(PARTNER, "create_hijack", "hijackId", hijack, "pickupCode", DESK.codeOf(cart))
                .get("hijack");
        assertThat(warned.get("state").asString()).isEqualTo("WARNED");
        assertThat(warned.get("cart").get("items")).hasSize(2);

        var active = confirm(PARTNER, hijack, 1, order, null).get("hijack");
        assertThat(active.get("state").asString()).isEqualTo("ACTIVE");
        assertThat(DESK.heldBy(order)).isEqualTo(2);
        assertThat(DESK.text("select state from cart where cart_id = '" + cart + "'"))
                .isEqualTo("HIJACKED");
    }

    @Test
    void warningHoldsTheCartOnceForFiveMinutes() {
        var cart = DESK.cart(null, DESK.best("a", 1));
        DESK.run("update cart set expires_at = clock_timestamp() + interval '1 minute' where cart_id = '" + cart + "'");
        DESK.run("update place set held_until = clock_timestamp() + interval '1 minute' where holder = '" + cart + "'");

        create(CLERK, "cartId", cart);
        assertThat(minutesLeft(cart)).isEqualTo(4);
        DESK.run("update cart set expires_at = expires_at - interval '2 minutes' where cart_id = '" + cart + "'");
        create(COLLEAGUE, "cartId", cart);
        assertThat(minutesLeft(cart)).as("once").isEqualTo(2);
    }

    @Test
    void warningIsRefused() {
        assertThat(refusal(create(CLERK, "cartId", UUID.randomUUID()))).isEqualTo("CART_NOT_FOUND");
        assertThat(refusal(create(CLERK, "orderId", UUID.randomUUID()))).isEqualTo("ORDER_NOT_FOUND");
        assertThat(refusal(create(CLERK, "pickupCode", "ZZZZZZ"))).isEqualTo("CART_NOT_FOUND");
        assertThat(refusal(create(CLERK, "cartId", DESK.cart(null, null)))).isEqualTo("CART_EMPTY");

        var cart = DESK.cart(null, DESK.best("a", 1));
        assertThat(refusal(create(PARTNER, "cartId", cart)))
                .as("partners need the code")
                .isEqualTo("CART_NOT_FOUND");
        DESK.letTimePass(cart);
        var closed = create(CLERK, "cartId", cart);
        assertThat(refusal(closed)).isEqualTo("CART_CLOSED");
        assertThat(closed.get("cartId").asString()).as("the way to recovery").isEqualTo(cart.toString());
    }

    @Test
    void h14SecondClerkIsToldWhoHasThePurchaseAndAPartnerIsNot() {
        var order = DESK.hijackedCart(CLERK, null, DESK.best("a", 1));
        var cart = UUID.fromString(DESK.text("select cart_id::text from orders where order_id = '" + order + "'"));

        var answer = create(COLLEAGUE, "cartId", cart);
        assertThat(refusal(answer)).isEqualTo("HELD_BY_CLERK");
        assertThat(answer.get("clerk").asString()).isEqualTo("clerk");
        assertThat(refusal(create(COLLEAGUE, "orderId", order))).isEqualTo("HELD_BY_CLERK");
        assertThat(create(PARTNER, "pickupCode", DESK.codeOf(cart)).has("clerk"))
                .isFalse();
    }

    @Test
    void orderThatHasGoneOnIsNotTakenOver() {
        var order = DESK.order(CLERK, DESK.best("a", 1), of("phone", "+49 30 1"));
        DESK.done(CLERK, "reserve_at_desk", "orderId", order, "fence", 1, "defaultLimit", 50_000);
        DESK.process(order);
        assertThat(refusal(create(CLERK, "orderId", order))).isEqualTo("PAYMENT_IN_PROGRESS");
        DESK.run("update payment set state = 'FAILED' where order_id = '" + order + "'");
        DESK.letTimePass(order);
        assertThat(refusal(create(CLERK, "orderId", order))).isEqualTo("ALREADY_DECIDED");
    }

    @Test
    void takeOverIsRefused() {
        var cart = DESK.cart(null, DESK.best("a", 1));
        var hijack = UUID.randomUUID();
        DESK.done(CLERK, "create_hijack", "hijackId", hijack, "cartId", cart);

        assertThat(refusal(confirm(CLERK, UUID.randomUUID(), 1, UUID.randomUUID(), null)))
                .isEqualTo("HIJACK_NOT_FOUND");
        assertThat(refusal(confirm(PARTNER, hijack, 1, UUID.randomUUID(), null)))
                .isEqualTo("HIJACK_NOT_FOUND");
        assertThat(refusal(confirm(COLLEAGUE, hijack, 1, UUID.randomUUID(), null)))
                .isEqualTo("HELD_BY_CLERK");
        var changed = confirm(CLERK, hijack, 2, UUID.randomUUID(), null);
        assertThat(refusal(changed)).isEqualTo("PURCHASE_CHANGED");
        assertThat(changed.get("cart").get("items")).hasSize(1);
        DESK.run("update hijack set warned_until = clock_timestamp() where hijack_id = '" + hijack + "'");
        assertThat(refusal(confirm(CLERK, hijack, 1, UUID.randomUUID(), null))).isEqualTo("HIJACK_LAPSED");
        assertThat(refusal(DESK.ask(CLERK, "withdraw_hijack", "hijackId", hijack)))
                .isEqualTo("HIJACK_LAPSED");
        assertThat(DESK.number("select lapse_hijacks(10)")).isOne();
        assertThat(DESK.text("select state from hijack where hijack_id = '" + hijack + "'"))
                .isEqualTo("LAPSED");
    }

    @Test
    void twiceIsOnceAndAWithdrawnWarningIsOver() {
        var cart = DESK.cart(null, DESK.best("a", 1));
        var hijack = UUID.randomUUID();
        DESK.done(CLERK, "create_hijack", "hijackId", hijack, "cartId", cart);
        assertThat(DESK.done(CLERK, "withdraw_hijack", "hijackId", hijack)
                        .get("hijack")
                        .get("state")
                        .asString())
                .isEqualTo("LAPSED");
        assertThat(refusal(confirm(CLERK, hijack, 1, UUID.randomUUID(), null))).isEqualTo("HIJACK_LAPSED");

        var second = UUID.randomUUID();
        DESK.done(CLERK, "create_hijack", "hijackId", second, "cartId", cart);
        assertThat(refusal(confirm(CLERK, second, 1, UUID.randomUUID(), null))).isEqualTo("done");
        assertThat(refusal(confirm(CLERK, second, 1, UUID.randomUUID(), null))).isEqualTo("ALREADY_DECIDED");
    }

    @Test
    void blockedPersonsPurchaseNeedsAReasonFromStaffAndIsClosedForPartners() {
        var customer = DESK.customer();
        DESK.run("insert into blacklist_entry (customer_id, reason, created_by) values ('" + customer
                + "', 'touts', 'supervisor')");
        assertThat(refusal(create(PARTNER, "pickupCode", DESK.codeOf(DESK.cart(customer, DESK.best("a", 1))))))
                .isEqualTo("CART_CLOSED");
        var cart = DESK.cart(customer, DESK.best("a", 1));

        var hijack = UUID.randomUUID();
        assertThat(DESK.done(CLERK, "create_hijack", "hijackId", hijack, "cartId", cart)
                        .get("hijack")
                        .get("reasonRequired")
                        .asBoolean())
                .isTrue();
        assertThat(refusal(confirm(CLERK, hijack, 1, UUID.randomUUID(), null))).isEqualTo("REASON_REQUIRED");
        assertThat(refusal(confirm(CLERK, hijack, 1, UUID.randomUUID(), "is known to us")))
                .isEqualTo("done");
    }

    @Test
    void h9SupervisorAndColleaguesTakeAnOrderOver() {
        var ours = DESK.order(CLERK, DESK.best("a", 1), null);
        var refused = DESK.ask(COLLEAGUE, "take_over_order", "orderId", ours, "reason", "is away");
        assertThat(refusal(refused)).isEqualTo("HELD_BY_CLERK");
        assertThat(refused.get("clerk").asString()).isEqualTo("clerk");
        var lease = DESK.done(SUPERVISOR, "take_over_order", "orderId", ours, "reason", "is away")
                .get("order")
                .get("lease");
        assertThat(lease.get("clerk").asString()).isEqualTo("supervisor");
        assertThat(lease.get("fence").asLong()).isEqualTo(2);

        var theirs = DESK.order(PARTNER, DESK.best("a", 1), null);
        var colleague = new Clerk("agency/eva", "agency", false);
        assertThat(refusal(DESK.ask(colleague, "take_over_order", "orderId", theirs, "reason", "is away")))
                .isEqualTo("done");
        DESK.done(colleague, "cancel_at_desk", "orderId", theirs, "fence", 2);
        assertThat(refusal(DESK.ask(colleague, "take_over_order", "orderId", theirs, "reason", "is away")))
                .isEqualTo("ORDER_STATE_CONFLICT");
    }

    @Test
    void endOfALeaseGivesBackWhatWasTakenOver() {
        var order = DESK.hijackedCart(CLERK, null, DESK.best("a", 1));
        var reservation = DESK.hijackedReservation(CLERK);

        DESK.endLeases();

        assertThat(DESK.stateOf(order)).isEqualTo("CANCELLED");
        assertThat(DESK.number("select count(*) from cart where state = 'OPEN' and item_count = 1"))
                .isPositive();
        assertThat(DESK.stateOf(reservation)).isEqualTo("RESERVED");
    }

    @Test
    void endOfALeaseReservesAClerksOwnOrderIfItsBuyerCanBeTold() {
        var caller = DESK.order(CLERK, DESK.best("a", 1), of("phone", "+49 30 1"));
        var walkIn = DESK.order(CLERK, DESK.best("a", 1), of("name", "Example Buyer"));
        var free = DESK.order(CLERK, DESK.best("free", 1), of("phone", "+49 30 1"));

        DESK.endLeases();

        assertThat(DESK.stateOf(caller)).isEqualTo("RESERVED");
        assertThat(DESK.stateOf(walkIn)).isEqualTo("CANCELLED");
        assertThat(DESK.stateOf(free))
                .as("there is nothing that anybody could pay")
                .isEqualTo("CANCELLED");
    }

    @Test
    void endOfALeaseLeavesMoneyForASupervisorAndPaymentsForTheProvider() {
        var paid = DESK.order(CLERK, DESK.best("a", 1), null);
        DESK.done(
                CLERK,
                "take_payment",
                "orderId",
                paid,
                "fence",
                1,
                "counterPaymentId",
                UUID.randomUUID(),
                "method",
                "CASH",
                "amount",
                Desk.euros(1_000));
        var processed = DESK.order(CLERK, DESK.best("a", 1), null);
        DESK.process(processed);

        DESK.endLeases();

        assertThat(DESK.number("select count(*) from desk where lease_until is null and order_id = '" + paid + "'"))
                .isOne();
        assertThat(DESK.stateOf(paid)).isEqualTo("AT_BOX_OFFICE");
        assertThat(DESK.number("select count(*) from desk where lease_until > clock_timestamp() and order_id = '"
                        + processed + "'"))
                .isOne();
    }

    @Test
    void whatHasRunOutIsHadBackWithItsSeats() {
        var cart = DESK.cart(null, DESK.seats("r1-1"));
        assertThat(refusal(recoverCart(cart, null))).isEqualTo("CART_OPEN");
        DESK.letTimePass(cart);
        assertThat(refusal(recoverCart(cart, null))).isEqualTo("done");
        assertThat(refusal(recoverCart(cart, null))).isEqualTo("HELD_BY_CLERK");

        var order = DESK.order(CLERK, DESK.seats("r1-2"), of("phone", "+49 30 1"));
        DESK.done(CLERK, "reserve_at_desk", "orderId", order, "fence", 1, "defaultLimit", 50_000);
        assertThat(refusal(recoverOrder(order))).isEqualTo("ORDER_STATE_CONFLICT");
        DESK.letTimePass(order);
        assertThat(refusal(recoverOrder(order)))
                .as("whether or not anything has ended it")
                .isEqualTo("done");
        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");
        assertThat(DESK.heldBy(order)).isOne();
    }

    @Test
    void generalAdmissionIsHadBackInOtherPlacesAndTheOldOnesAreFree() {
        var cart = DESK.cart(null, DESK.best("ga", 2));
        DESK.letTimePass(cart);
        var other = DESK.cart(null, DESK.best("ga", 1));

        var order = recoverCart(cart, null).get("order");
        assertThat(order.get("items")).hasSize(2);
        DESK.done(
                CLERK,
                "hand_back",
                "orderId",
                order.get("orderId").asString(),
                "fence",
                1,
                "pickupCode",
                Desk.freshCode());

        assertThat(DESK.heldBy(cart)).isEqualTo(2);
        assertThat(DESK.heldBy(other)).isOne();
        assertThat(DESK.number("select count(*) from place where category = 'ga' and held_until <= clock_timestamp()"
                        + " and performance_id = '" + DESK.evening() + "'"))
                .isOne();
    }

    @Test
    void recoveryIsRefused() {
        var cart = DESK.cart(null, DESK.seats("r1-1", "r1-2"));
        DESK.letTimePass(cart);
        DESK.cart(null, DESK.seats("r1-2"));
        var taken = recoverCart(cart, null);
        assertThat(refusal(taken)).isEqualTo("SEATS_TAKEN");
        assertThat(taken.get("seatIds").toString()).isEqualTo("[\"r1-2\"]");

        var standing = DESK.cart(null, DESK.best("ga", 3));
        DESK.letTimePass(standing);
        DESK.cart(null, DESK.best("ga", 2));
        assertThat(refusal(recoverCart(standing, null))).isEqualTo("NOT_ENOUGH_SEATS");

        var empty = DESK.cart(null, null);
        DESK.letTimePass(empty);
        assertThat(refusal(recoverCart(empty, null))).isEqualTo("ORDER_EMPTY");
        assertThat(refusal(recoverCart(UUID.randomUUID(), null))).isEqualTo("CART_NOT_FOUND");

        var customer = DESK.customer();
        var blocked = DESK.cart(customer, DESK.seats("r1-5"));
        DESK.letTimePass(blocked);
        DESK.run("insert into blacklist_entry (customer_id, reason, created_by) values ('" + customer
                + "', 'touts', 'supervisor')");
        assertThat(refusal(recoverCart(blocked, null))).isEqualTo("REASON_REQUIRED");
        DESK.run("update performance set state = 'CANCELLED' where performance_id = '" + DESK.evening() + "'");
        assertThat(refusal(recoverCart(blocked, "is known to us"))).isEqualTo("NOT_ON_SALE");
    }

    private static JsonNode create(Clerk clerk, String by, Object value) {
        return DESK.ask(clerk, "create_hijack", "hijackId", UUID.randomUUID(), by, value);
    }

    private static JsonNode confirm(Clerk clerk, UUID hijack, long version, UUID order, String reason) {
        return DESK.ask(
                clerk,
                "confirm_hijack",
                "hijackId",
                hijack,
                "version",
                version,
                "orderId",
                order,
                "orderTokenHash",
                Desk.TOKEN_HASH,
                "reason",
                reason);
    }

    private static JsonNode recoverCart(UUID cart, String reason) {
        return DESK.ask(
                CLERK,
                "recover_cart",
                "cartId",
                cart,
                "orderId",
                UUID.randomUUID(),
                "orderTokenHash",
                Desk.TOKEN_HASH,
                "reason",
                reason);
    }

    private static JsonNode recoverOrder(UUID order) {
        return DESK.ask(CLERK, "recover_order", "orderId", order);
    }

    private static long minutesLeft(UUID cart) {
        return DESK.number("select floor(extract(epoch from expires_at - clock_timestamp()) / 60)::bigint from cart"
                + " where cart_id = '" + cart + "'");
    }
}
