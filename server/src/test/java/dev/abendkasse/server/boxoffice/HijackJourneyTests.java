package dev.abendkasse.server.boxoffice;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.HandedBack;
import dev.abendkasse.sdk.model.Hijack;
import dev.abendkasse.sdk.model.HijackConfirmation;
import dev.abendkasse.sdk.model.HijackKind;
import dev.abendkasse.sdk.model.HijackRequest;
import dev.abendkasse.sdk.model.HijackState;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A web buyer calls, and the box office goes on with what the buyer has begun. */
class HijackJourneyTests {

    private static Theatre theatre;
    private static Till staff;
    private static Till partner;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of(
                "abendkasse.live.look-every", "200ms",
                "abendkasse.boxoffice.sweep-every", "200ms",
                "abendkasse.order.sweep-every", "200ms"));
        staff = Till.ofStaff(theatre);
        partner = Till.ofPartner(theatre, "corner-shop", "clerk");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void cartIsTakenOverByItsCodeWithTheCustomerWatching() throws Exception {
        var cart = cart(2);
        try (var stream = watch(cart)) {
            stream.nextPosition();

            var warning = partner.warn(new HijackRequest()
                    .pickupCode(" " + cart.getPickupCode().toLowerCase().substring(0, 3) + "-"
                            + cart.getPickupCode().substring(3)));

            assertThat(warning.getState()).isEqualTo(HijackState.WARNED);
            assertThat(warning.getKind()).isEqualTo(HijackKind.CART);
            assertThat(warning.getWarning()).contains("empties the customer's cart");
            assertThat(warning.getClerk()).isEqualTo("corner-shop/clerk");
            assertThat(warning.getReasonRequired()).isFalse();
            assertThat(warning.getVersion()).isEqualTo(cart.getVersion());
            assertThat(warning.getCart().getItems()).hasSize(2);
            assertThat(warning.getCart().getCartToken()).isNull();
            assertThat(stream.next().event()).isEqualTo("hijack-warned");

            var hijack = partner.confirm(warning);

            assertThat(hijack.getState()).isEqualTo(HijackState.ACTIVE);
            assertThat(hijack.getWarning()).isNull();
            assertThat(hijack.getOrder().getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
            assertThat(hijack.getOrder().getItems()).hasSize(2);
            assertThat(hijack.getOrder().getLease().getClerk()).isEqualTo("corner-shop/clerk");
            assertThat(hijack.getOrder().getOwed()).isEqualTo(Till.euros(10_000));
            assertThat(hijack.getOrder().getClientId()).isEqualTo("corner-shop");
            assertThat(stream.next().event()).isEqualTo("hijacked");
        }
        assertThat(now(cart).getState()).isEqualTo(CartState.HIJACKED);
        assertThat(now(cart).getItems()).isEmpty();
        expect(
                409,
                "cart-hijacked",
                () -> shop(cart).carts().addItems(cart.getCartId(), theatre.best("ga", 1), null, UUID.randomUUID()));
    }

    @Test
    void warningThatIsTakenBackLeavesTheCartToTheCustomer() throws Exception {
        var cart = cart(1);
        try (var stream = watch(cart)) {
            stream.nextPosition();
            var warning = staff.warn(cart);
            assertThat(stream.next().event()).isEqualTo("hijack-warned");

            assertThat(staff.withdraw(warning).getState()).isEqualTo(HijackState.LAPSED);

            assertThat(stream.next().event()).isEqualTo("hijack-withdrawn");
            expect(410, "hijack-lapsed", () -> staff.confirm(warning));
        }
        assertThat(theatre.checkOut(now(cart), PaymentMethod.PAY_LATER)).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void warningKeepsTheSeatsForFiveMinutesMoreButOnlyOnce() throws ApiException {
        var cart = cart(1);
        Theatre.execute(
                theatre.db(),
                "update cart set expires_at = clock_timestamp() + interval '1 minute' where cart_id = '"
                        + cart.getCartId() + "'");

        staff.warn(cart);

        var held = now(cart).getExpiresAt();
        assertThat(held).isAfter(OffsetDateTime.now().plus(Duration.ofMinutes(4)));
        staff.warn(cart);
        assertThat(now(cart).getExpiresAt()).isEqualTo(held);
    }

    @Test
    void warningThatNobodyConfirmedInTimeHasLapsed() throws ApiException {
        var warning = staff.warn(cart(1));
        Theatre.execute(
                theatre.db(),
                "update hijack set warned_until = clock_timestamp() - interval '1 second' where hijack_id = '"
                        + warning.getHijackId() + "'");

        assertThat(staff.client().hijacks().getHijack(warning.getHijackId()).getState())
                .isEqualTo(HijackState.LAPSED);
        expect(410, "hijack-lapsed", () -> staff.confirm(warning));
    }

    @Test
    void h5HijackTakesOnlyTheVersionThatTheClerkSawAndShowsWhatItIsNow() throws ApiException {
        var cart = cart(1);
        var warning = staff.warn(cart);
        shop(cart).carts().addItems(cart.getCartId(), theatre.best("ga", 1), null, UUID.randomUUID());

        var problem = expect(409, "purchase-changed", () -> staff.confirm(warning));

        assertThat(problem.getCart().getItems()).hasSize(2);
        assertThat(problem.getErrors().getFirst().getPointer()).isEqualTo("#/version");
        var again = staff.client().hijacks().getHijack(warning.getHijackId());
        assertThat(staff.confirm(again).getOrder().getItems()).hasSize(2);
    }

    @Test
    void h1CustomerWhoWasFirstKeepsThePurchaseAndTheClerkIsTold() throws ApiException {
        var cart = cart(1);
        var warning = staff.warn(cart);
        var order = ((Outcome.Reserved) theatre.checkOut(cart, PaymentMethod.PAY_LATER)).order();

        var problem = expect(409, "already-decided", () -> staff.confirm(warning));

        assertThat(problem.getOrderId()).isEqualTo(order.getOrderId());
        assertThat(staff.hijack(order.getOrderId()).getFormerState()).isEqualTo(OrderState.RESERVED);
    }

    @Test
    void h14SecondClerkIsToldWhoHasThePurchaseAndAClerkWhatIsTheirs() throws ApiException {
        var cart = cart(1);
        var second = partner.colleague("second");
        var both = second.warn(cart);
        var order = partner.hijack(cart);

        assertThat(expect(409, "held-by-clerk", () -> second.confirm(both)).getClerk())
                .isEqualTo("corner-shop/clerk");
        assertThat(expect(409, "held-by-clerk", () -> partner.warn(cart)).getClerk())
                .isEqualTo("corner-shop/clerk");
        assertThat(expect(409, "held-by-clerk", () -> partner.warn(order.getOrderId()))
                        .getOrderId())
                .isNull();
        assertThat(expect(409, "held-by-clerk", () -> partner.confirm(both)).getClerk())
                .isEqualTo("corner-shop/second");
    }

    @Test
    void h6CartThatTheCustomerOpenedMeanwhileStaysApartFromTheOneHandedBack() throws Exception {
        var cart = cart(1);
        var order = staff.hijack(cart);
        var another = cart(1);
        var changed = staff.add(order, theatre.best("ga", 1));

        try (var stream = watch(cart)) {
            assertThat(stream.next().event()).isEqualTo("hijacked");
            var back = staff.handBack(changed);
            assertThat(nextBut("hijacked", stream)).isEqualTo("handed-back");
            assertThat(back.getHandedBack()).isEqualTo(HandedBack.CART);
            assertThat(back.getOrder().getState()).isEqualTo(OrderState.CANCELLED);
        }

        var open = now(cart);
        assertThat(open.getState()).isEqualTo(CartState.OPEN);
        assertThat(open.getVersion()).isGreaterThan(cart.getVersion());
        assertThat(open.getItems()).hasSize(2);
        assertThat(open.getExpiresAt()).isAfter(OffsetDateTime.now().plusMinutes(14));
        assertThat(now(another).getItems()).hasSize(1);
        assertThat(theatre.checkOut(open, PaymentMethod.PAY_LATER)).isInstanceOf(Outcome.Reserved.class);
    }

    /** Who comes just after something has happened may hear of it twice: how it is, and that it has become so. */
    private static String nextBut(String known, EventReader stream) throws Exception {
        var event = stream.next().event();
        return event.equals(known) ? stream.next().event() : event;
    }

    @Test
    void orderThatIsHandedBackIsWhatItWasAndD19ItsDeadlineIsNotShorter() throws ApiException {
        var reserved = reserved();
        var order = staff.hijack(reserved.getOrderId());
        assertThat(now(reserved).getState()).isEqualTo(OrderState.AT_BOX_OFFICE);

        var back = staff.handBack(order);

        assertThat(back.getHandedBack()).isEqualTo(HandedBack.ORDER);
        assertThat(now(reserved).getState()).isEqualTo(OrderState.RESERVED);
        assertThat(now(reserved).getPayUntil()).isAfterOrEqualTo(reserved.getPayUntil());
    }

    @Test
    void h2PurchaseWhosePaymentIsBeingProcessedCannotBeTakenAndTheClerkIsToldToWait() throws ApiException {
        var waiting = awaitingPayment();
        PayPage.of(waiting.payment()).keepWaiting();
        PayPage.await(
                () -> theatre.count("select count(*) from payment where state = 'PROCESSING' and order_id = '"
                        + waiting.orderId() + "'"),
                processing -> processing == 1);

        expect(409, "payment-in-progress", () -> staff.warn(waiting.orderId()));
        PayPage.of(waiting.payment()).pay();

        PayPage.await(() -> now(waiting), now -> now.getState() == OrderState.CONFIRMED);
        assertThat(expect(409, "already-decided", () -> staff.warn(waiting.orderId()))
                        .getOrder()
                        .getState())
                .isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void h4AndP5SuccessThatArrivesAfterTheHijackConfirmsTheClerksOrder() throws ApiException {
        var waiting = awaitingPayment();
        var order = staff.hijack(waiting.orderId());

        PayPage.of(waiting.payment()).payLate();

        PayPage.await(() -> now(waiting), now -> now.getState() == OrderState.CONFIRMED);
        assertThat(hijackOf(order).getState()).isEqualTo(HijackState.PAID);
        assertThat(staff.now(order).getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ledger(order).balance()).isEqualTo(5000);
        assertThat(ledger(order).refunds()).isEqualTo("none");
        expect(409, "order-state-conflict", () -> staff.handBack(order));
    }

    @Test
    void h4AndP5SuccessThatIsLessThanTheClerkHasMadeOfItLeavesItPartPaidInTheClerksHands() throws ApiException {
        var waiting = awaitingPayment();
        var order = staff.hijack(waiting.orderId());
        staff.add(order, theatre.best("ga", 1));

        PayPage.of(waiting.payment()).payLate();

        var partPaid = PayPage.await(() -> staff.now(order), now -> now.getPaymentStatus() == PaymentStatus.PART_PAID);
        assertThat(partPaid.getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
        assertThat(partPaid.getOwed()).isEqualTo(Till.euros(5000));
        expect(409, "has-payments", () -> staff.handBack(partPaid));
        assertThat(staff.pay(partPaid, 5000).getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void h9LeaseBelongsToAPersonAndASupervisorCanTakeIt() throws ApiException {
        var order = partner.hijack(cart(1));
        var colleague = partner.colleague("second");
        var stranger = Till.ofPartner(theatre, "station-kiosk", "clerk");

        assertThat(expect(409, "lease-lost", () -> colleague.renew(order)).getClerk())
                .isEqualTo("corner-shop/clerk");
        expect(404, "order-not-found", () -> stranger.renew(order));
        expect(404, "order-not-found", () -> stranger.takeOver(order));
        assertThat(partner.renew(order).getLease().getUntil())
                .isAfterOrEqualTo(order.getLease().getUntil());

        var taken = staff.takeOver(order);

        assertThat(taken.getLease().getFence()).isGreaterThan(order.getLease().getFence());
        assertThat(taken.getLease().getClerk()).isEqualTo("admin");
        assertThat(expect(409, "lease-lost", () -> partner.renew(order)).getClerk())
                .isNull();
        assertThat(staff.pay(taken, 5000).getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void h11PurchaseWhoseClerkIsGoneGoesBackToWhereItCameFrom() throws ApiException {
        var cart = cart(1);
        var reserved = reserved();
        var fromCart = staff.hijack(cart);
        var fromOrder = staff.hijack(reserved.getOrderId());
        var own = staff.sell(theatre.best("ga", 1));

        leaveAlone(fromCart.getOrderId(), fromOrder.getOrderId(), own.getOrderId());

        PayPage.await(() -> now(cart), now -> now.getState() == CartState.OPEN);
        PayPage.await(() -> now(reserved), now -> now.getState() == OrderState.RESERVED);
        PayPage.await(() -> staff.now(own), now -> now.getState() == OrderState.CANCELLED);
        assertThat(hijackOf(fromCart).getState()).isEqualTo(HijackState.HANDED_BACK);
        assertThat(hijackOf(fromOrder).getState()).isEqualTo(HijackState.HANDED_BACK);
    }

    @Test
    void expiredCartIsRecoveredWithTheSameSeatsUnlessTheyAreGone() throws ApiException {
        var kept = theatre.hold(theatre.seats("r9-1"));
        var lost = theatre.hold(theatre.seats("r9-2"));
        expect(409, "cart-open", () -> staff.recover(kept));
        theatre.letTimePass(kept.getCartId());
        theatre.letTimePass(lost.getCartId());
        theatre.hold(theatre.seats("r9-2"));

        var problem = expect(409, "cart-closed", () -> staff.warn(kept));
        assertThat(problem.getCartId()).isEqualTo(kept.getCartId());
        var order = staff.recover(kept);

        assertThat(order.getItems().getFirst().getSeat().getSeatId()).isEqualTo("r9-1");
        assertThat(order.getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
        assertThat(now(kept).getState()).isEqualTo(CartState.HIJACKED);
        assertThat(expect(409, "seats-taken", () -> staff.recover(lost)).getSeatIds())
                .containsExactly("r9-2");
    }

    @Test
    void expiredOrderIsRecoveredWithTheSameSeats() throws ApiException {
        var waiting = awaitingPayment();
        theatre.letTimePass(waiting.orderId());
        PayPage.await(
                () -> theatre.count("select count(*) from orders where state = 'EXPIRED' and order_id = '"
                        + waiting.orderId() + "'"),
                swept -> swept == 1);

        var order = staff.recover(waiting.orderId());

        assertThat(order.getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
        assertThat(order.getItems()).hasSize(1);
        assertThat(staff.pay(order, 5000).getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void partnerReachesAWebCartByItsCodeOnlyAndNoOrderOfTheWeb() throws ApiException {
        var cart = cart(1);
        var reserved = reserved();

        expect(404, "cart-not-found", () -> partner.warn(new HijackRequest().cartId(cart.getCartId())));
        expect(404, "order-not-found", () -> partner.warn(reserved.getOrderId()));
        assertThat(staff.warn(new HijackRequest().cartId(cart.getCartId())).getState())
                .isEqualTo(HijackState.WARNED);
    }

    @Test
    void purchaseIsNamedInExactlyOneWay() {
        expect(400, "invalid-request", () -> staff.warn(new HijackRequest()));
        expect(
                400,
                "invalid-request",
                () -> staff.warn(new HijackRequest().pickupCode("AAAAAA").cartId(UUID.randomUUID())));
    }

    @Test
    void guessingCodesIsSlowedDownAndRightOnesDoNotCount() throws ApiException {
        var guesser = Till.ofPartner(theatre, "guesser", "clerk");
        for (int i = 0; i < 12; i++) {
            guesser.warn(cart(1));
        }
        var wrong = new HijackRequest().pickupCode("000000");
        for (int i = 0; i < 10; i++) {
            expect(404, "cart-not-found", () -> guesser.warn(wrong));
        }

        expect(429, "too-many-requests", () -> guesser.warn(wrong));
        expect(429, "too-many-requests", () -> guesser.colleague("second").warn(wrong));
        assertThat(partner.warn(cart(1)).getState()).isEqualTo(HijackState.WARNED);
    }

    @Test
    void p8ConfirmingTwiceWithOneKeyTakesThePurchaseOnce() throws ApiException {
        var warning = staff.warn(cart(1));
        var key = UUID.randomUUID();
        var request = new HijackConfirmation().version(warning.getVersion());
        var first = staff.client().hijacks().confirmHijack(warning.getHijackId(), key, request, null);

        assertThat(staff.client().hijacks().confirmHijack(warning.getHijackId(), key, request, null))
                .isEqualTo(first);
        assertThat(theatre.count("select count(*) from orders where cart_id = '"
                        + first.getOrder().getCartId() + "'"))
                .isOne();
    }

    private static Cart cart(int places) throws ApiException {
        return theatre.shop()
                .carts()
                .createCart(
                        new CartCreation().items(theatre.best("ga", places)).buyer(Theatre.buyer()), UUID.randomUUID());
    }

    private static Order reserved() throws ApiException {
        return ((Outcome.Reserved) theatre.checkOut(cart(1), PaymentMethod.PAY_LATER)).order();
    }

    private static Outcome.PaymentRequired awaitingPayment() throws ApiException {
        return (Outcome.PaymentRequired) theatre.checkOut(cart(1), PaymentMethod.CARD);
    }

    private static AbendkasseClient shop(Cart cart) {
        return theatre.shop().withCartToken(cart.getCartToken());
    }

    private static Cart now(Cart cart) throws ApiException {
        return shop(cart).carts().getCart(cart.getCartId()).cartToken(cart.getCartToken());
    }

    /** As staff see it, who need no secret. */
    private static BoxOfficeOrder now(Order order) throws ApiException {
        return staff.client().boxOfficeOrders().getBoxOfficeOrder(order.getOrderId());
    }

    private static Order now(Outcome.PaymentRequired waiting) throws ApiException {
        return theatre.shop().withOrderToken(waiting.orderToken()).orders().getOrder(waiting.orderId());
    }

    private static Hijack hijackOf(BoxOfficeOrder order) throws ApiException {
        return staff.client().hijacks().getHijack(order.getHijackId());
    }

    private static Ledger ledger(BoxOfficeOrder order) {
        return new Ledger(theatre, order.getOrderId());
    }

    private static void leaveAlone(UUID... orders) {
        for (var order : orders) {
            Theatre.execute(
                    theatre.db(),
                    "update desk set lease_until = clock_timestamp() - interval '1 second' where order_id = '" + order
                            + "'");
        }
    }

    private static EventReader watch(Cart cart) {
        return EventReader.open(
                URI.create(theatre.address() + "/v1/carts/" + cart.getCartId() + "/stream"),
                Map.of("Cart-Token", cart.getCartToken()));
    }
}
