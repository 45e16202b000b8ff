package dev.abendkasse.server.blacklist;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.BlacklistApi;
import dev.abendkasse.office.model.BlacklistDecision;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEnded;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.BlacklistOrder;
import dev.abendkasse.office.model.BlacklistOrderDecision;
import dev.abendkasse.office.model.BlacklistPerson;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.Payment;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentRequest;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a block ends at once, what somebody has to decide on, and what stays. */
class BlockingTests {

    private static Theatre theatre;
    private static BlacklistApi blacklist;
    private static Till staff;

    private final String email = Theatre.buyer().getEmail();

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.order.sweep-every", "1h"));
        Theatre.execute(
                theatre.db(),
                "update shop set payment_page_url = 'https://shop.example.org/pay', guest_reservations = 10,"
                        + " guest_reservation_amount = 100000");
        blacklist = theatre.office().blacklist();
        staff = Till.ofStaff(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void b4OpenCartsOfThePersonAreClosedAndTheirSeatsFreeAtOnceAndStrangersKeepTheirs() throws ApiException {
        var stranger = hold(Theatre.buyer().getEmail(), theatre.seats("r1-3"));
        var cart = hold(email.toUpperCase(), theatre.seats("r1-1", "r1-2"));

        var entry = block();

        assertThat(entry.getEnded()).isEqualTo(ended(1, 0, 0));
        assertThat(now(cart).getState()).isEqualTo(CartState.CLOSED);
        assertThat(now(cart).getVersion()).isEqualTo(cart.getVersion());
        assertThat(theatre.hold(theatre.seats("r1-1", "r1-2")).getItems()).hasSize(2);
        assertThat(now(stranger).getState()).isEqualTo(CartState.OPEN);
    }

    @Test
    void b4LinksOfThePersonEndAndTheOrderThatHasOnlyALinkWithThem() throws ApiException {
        var order = awaitingPayment();
        var link = staff.client()
                .boxOfficeSales()
                .sendPaymentLink(
                        order.orderId(),
                        UUID.randomUUID(),
                        new PaymentLinkDispatch().delivery(PaymentLinkDelivery.PRINT),
                        null,
                        null);
        var bearer = theatre.shop().withLinkToken(link.getUrl().getFragment());
        assertThat(bearer.paymentLinks().getPaymentLink().getAmount()).isNotNull();

        assertThat(block().getEnded()).isEqualTo(ended(0, 1, 1));

        expect(410, "payment-link-gone", () -> bearer.paymentLinks().getPaymentLink());
        assertThat(now(order).getState()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void b4PaymentThatHasNotBegunAtTheProviderEndsAndMoneyThatComesAllTheSameGoesBackOnce() throws Exception {
        var order = awaitingPayment();

        block();
        PayPage.of(order.payment()).payLate();

        PayPage.await(
                () -> theatre.count("select count(*) from refund where order_id = '" + order.orderId()
                        + "' and reason = 'LATE_PAYMENT'"),
                refunds -> refunds == 1);
        assertThat(now(order).getState()).isEqualTo(OrderState.CANCELLED);
        expect(409, "order-state-conflict", () -> pay(order.orderId(), order.orderToken()));
    }

    @Test
    void ordersThatAreReservedOrUnderReviewAreDecidedOnOrNothingHappens() throws ApiException {
        var cart = hold(email, theatre.best("ga", 1));
        var reserved = reserve();
        var other = reserve();

        var problem = expect(409, "orders-undecided", this::block);

        assertThat(problem.getErrors())
                .allSatisfy(fault -> assertThat(fault.getPointer()).isEqualTo("#/orders"))
                .extracting(fault -> fault.getDetail())
                .containsExactly(reserved.getOrderNumber(), other.getOrderNumber());
        expect(409, "orders-undecided", () -> block(decision(reserved, BlacklistDecision.END)));
        assertThat(now(cart).getState()).isEqualTo(CartState.OPEN);
        assertThat(theatre.count("select count(*) from blacklist_entry where email = '" + email + "'"))
                .isZero();
    }

    @Test
    void orderThatIsEndedIsCancelledWithTheMailOfAnyCancellationAndOneThatIsKeptCanBePaid() throws Exception {
        var ended = reserveOutcome();
        var kept = reserveOutcome();

        block(decision(ended.order(), BlacklistDecision.END), decision(kept.order(), BlacklistDecision.KEEP));

        assertThat(now(ended).getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(mailed(ended, "order-cancelled")).isOne();
        assertThat(mailed(kept, "order-cancelled")).isZero();
        PayPage.of(pay(kept.order().getOrderId(), kept.orderToken())).pay();
        assertThat(PayPage.await(() -> now(kept), order -> order.getState() == OrderState.CONFIRMED)
                        .getState())
                .isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void previewShowsWhatIsOpenAndChangesNothing() throws ApiException {
        var cart = hold(email, theatre.best("ga", 1));
        var awaiting = awaitingPayment();
        var reserved = reserve();

        var preview = blacklist.previewBlacklistEntry(new BlacklistPerson().email(email));

        assertThat(preview.getEntries()).isEmpty();
        assertThat(preview.getEnded()).isEqualTo(ended(1, 0, 1));
        assertThat(preview.getOrders())
                .singleElement()
                .satisfies(order -> assertThat(order.getOrderId()).isEqualTo(reserved.getOrderId()))
                .satisfies(order -> assertThat(order.getToDecide()).isTrue());
        assertThat(now(cart).getState()).isEqualTo(CartState.OPEN);
        assertThat(now(awaiting).getState()).isEqualTo(OrderState.AWAITING_PAYMENT);
    }

    @Test
    void orderThatAClerkIsWorkingOnIsTheClerks() throws ApiException {
        var taken = staff.hijack(hold(email, theatre.best("ga", 1)));

        assertThat(blacklist
                        .previewBlacklistEntry(new BlacklistPerson().email(email))
                        .getOrders())
                .extracting(BlacklistOrder::getToDecide)
                .containsExactly(false);
        block();

        assertThat(staff.now(taken).getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
    }

    @Test
    void paymentThatTheProviderIsWorkingOnGoesOn() throws Exception {
        var order = awaitingPayment();
        var page = PayPage.of(order.payment());
        page.keepWaiting();
        PayPage.await(() -> now(order), now -> "PROCESSING".equals(state(now)));

        block();
        page.pay();

        PayPage.await(() -> now(order), now -> now.getState() == OrderState.CONFIRMED);
    }

    @Test
    void confirmedOrdersStayAndLiftingRestoresNothing() throws ApiException {
        var confirmed = (Outcome.Confirmed) checkOut(hold(email, theatre.best("free", 1)), null);
        var cart = hold(email, theatre.best("ga", 1));

        var entry = block();
        blacklist.liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote().note("A mistake"));

        assertThat(theatre.shop()
                        .withOrderToken(confirmed.orderToken())
                        .orders()
                        .getOrder(confirmed.order().getOrderId())
                        .getState())
                .isEqualTo(OrderState.CONFIRMED);
        assertThat(now(cart).getState()).isEqualTo(CartState.CLOSED);
        assertThat(checkOut(hold(email, theatre.best("free", 1)), null)).isInstanceOf(Outcome.Confirmed.class);
    }

    @Test
    void p8SameBlockTwiceIsOneBlock() throws ApiException {
        var key = UUID.randomUUID();
        var draft = new BlacklistDraft().email(email).reason("Test");

        var first = blacklist.addBlacklistEntry(key, draft);

        assertThat(blacklist.addBlacklistEntry(key, draft)).isEqualTo(first);
        assertThat(theatre.count("select count(*) from blacklist_entry where email = '" + email + "'"))
                .isOne();
    }

    private BlacklistEntry block(BlacklistOrderDecision... decisions) throws ApiException {
        var draft = new BlacklistDraft().email(email).reason("Test").orders(List.of(decisions));
        return blacklist.addBlacklistEntry(UUID.randomUUID(), draft);
    }

    private static BlacklistOrderDecision decision(Order order, BlacklistDecision decision) {
        return new BlacklistOrderDecision().orderId(order.getOrderId()).decision(decision);
    }

    private static BlacklistEnded ended(int carts, int links, int payments) {
        return new BlacklistEnded().carts(carts).paymentLinks(links).payments(payments);
    }

    private static Cart hold(String address, ItemSelection items) throws ApiException {
        return theatre.shop()
                .carts()
                .createCart(new CartCreation().items(items).buyer(Theatre.buyer(address)), UUID.randomUUID());
    }

    private static Outcome checkOut(Cart cart, PaymentMethod method) throws ApiException {
        return Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), new CheckoutRequest().paymentMethod(method));
    }

    private Outcome.PaymentRequired awaitingPayment() throws ApiException {
        return (Outcome.PaymentRequired) checkOut(hold(email, theatre.best("ga", 1)), PaymentMethod.CARD);
    }

    private Outcome.Reserved reserveOutcome() throws ApiException {
        return (Outcome.Reserved) checkOut(hold(email, theatre.best("ga", 1)), PaymentMethod.PAY_LATER);
    }

    private Order reserve() throws ApiException {
        return reserveOutcome().order();
    }

    private static Payment pay(UUID order, String token) throws ApiException {
        return theatre.shop()
                .withOrderToken(token)
                .payments()
                .createPayment(order, UUID.randomUUID(), new PaymentRequest().method(PspMethod.CARD));
    }

    private static Cart now(Cart cart) throws ApiException {
        return theatre.shop().withCartToken(cart.getCartToken()).carts().getCart(cart.getCartId());
    }

    private static Order now(Outcome.PaymentRequired outcome) throws ApiException {
        return theatre.shop().withOrderToken(outcome.orderToken()).orders().getOrder(outcome.orderId());
    }

    private static Order now(Outcome.Reserved outcome) throws ApiException {
        return theatre.shop()
                .withOrderToken(outcome.orderToken())
                .orders()
                .getOrder(outcome.order().getOrderId());
    }

    private static String state(Order order) {
        return order.getPayment() == null ? null : order.getPayment().getState().name();
    }

    private static long mailed(Outcome.Reserved outcome, String template) {
        return theatre.count("select count(*) from outbox_message where kind = 'MAIL' and key like '" + template + ":"
                + outcome.order().getOrderId() + "%'");
    }
}
