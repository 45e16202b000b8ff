package dev.abendkasse.server.boxoffice;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.HijackState;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is to be known of a purchase before it is taken over, and who is told. */
class HijackNoticeTests {

    private static Theatre theatre;
    private static Till staff;
    private static Till partner;
    private static int seats;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        staff = Till.ofStaff(theatre);
        partner = Till.ofPartner(theatre, "corner-shop", "first");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void staffReadWhyAndGoOnOnlyWithAReason() throws Exception {
        var cart = cartOfSomebodyBlocked();

        var warning = staff.warn(cart);
        assertThat(warning.getReasonRequired()).isTrue();
        var notice = theatre.office().hijackNotices().getHijackNotice(warning.getHijackId());
        assertThat(notice.getBlocks())
                .singleElement()
                .satisfies(block -> assertThat(block.getReason()).isEqualTo("Sold tickets at the door"));
        expect(409, "reason-required", () -> staff.confirm(warning));
        assertThat(now(cart).getState()).isEqualTo(CartState.OPEN);

        assertThat(staff.confirm(warning, "The house manager knows").getState()).isEqualTo(HijackState.ACTIVE);
        assertThat(reasonOf(warning.getHijackId())).isEqualTo("The house manager knows");
    }

    @Test
    void staffReadWhyBeforeTheyHaveBackWhatHasRunOut() throws Exception {
        var cart = cartOfSomebodyBlocked();
        theatre.letTimePass(cart.getCartId());
        expect(409, "reason-required", () -> staff.recover(cart));

        var notice = theatre.office().hijackNotices().getCartNotice(cart.getCartId());
        assertThat(notice.getBlocks())
                .singleElement()
                .satisfies(block -> assertThat(block.getReason()).isEqualTo("Sold tickets at the door"));

        var order = staff.recover(cart, "The house manager knows");
        var ofOrder = theatre.office().hijackNotices().getOrderNotice(order.getOrderId());
        assertThat(ofOrder.getBlocks()).hasSize(1);
        assertThat(theatre.office()
                        .hijackNotices()
                        .getCartNotice(cart(Theatre.buyer().getEmail()).getCartId())
                        .getBlocks())
                .isEmpty();
        expect(404, "cart-not-found", () -> theatre.office().hijackNotices().getCartNotice(UUID.randomUUID()));
        expect(404, "order-not-found", () -> theatre.office().hijackNotices().getOrderNotice(UUID.randomUUID()));
    }

    @Test
    void partnerHearsWhatItHearsOfAnyCartThatIsClosed() throws Exception {
        var blocked = cartOfSomebodyBlocked();
        var closed = cart(Theatre.buyer().getEmail());
        theatre.letTimePass(closed.getCartId());

        var ofBlocked = expect(409, "cart-closed", () -> partner.warn(blocked));
        var ofClosed = expect(409, "cart-closed", () -> partner.warn(closed));
        assertThat(ofBlocked.instance(null)).isEqualTo(ofClosed.instance(null));

        expect(403, "forbidden", () -> partner.recover(blocked));
        expect(403, "forbidden", () -> partner.recover(closed));
        assertThat(theatre.hold(theatre.seats(seatOf(blocked))).getItems())
                .as("what the partner is told is true: the seat is free")
                .hasSize(1);
    }

    @Test
    void b7CustomerWhoAsksAPartnerSeesWhatThePartnerSees() throws Exception {
        var blocked = cartOfSomebodyBlocked();
        var closed = cart(Theatre.buyer().getEmail());
        theatre.letTimePass(closed.getCartId());

        expect(409, "cart-closed", () -> partner.warn(blocked));
        expect(409, "cart-closed", () -> partner.warn(closed));

        assertThat(now(blocked).getState()).isEqualTo(CartState.CLOSED);
        assertThat(now(closed).getState()).isEqualTo(CartState.CLOSED);
        assertThat(theatre.count("select count(*) from live_event where kind in ('HIJACK_WARNED', 'HIJACKED')"
                        + " and topic = '" + blocked.getCartId() + "'"))
                .isZero();
        assertThat(theatre.count("select count(*) from hijack where cart_id = '" + blocked.getCartId() + "'"))
                .isZero();
    }

    @Test
    void orderUnderReviewTakesAReasonAndItsCaseIsNamed() throws Exception {
        var order = underReview();

        var warning = staff.warn(order.orderId());
        assertThat(warning.getReasonRequired()).isTrue();
        var notice = theatre.office().hijackNotices().getHijackNotice(warning.getHijackId());
        assertThat(notice.getCaseNumber()).isEqualTo(order.caseNumber());
        assertThat(notice.getBlocks()).isEmpty();
        expect(409, "reason-required", () -> staff.confirm(warning));

        var taken = staff.confirm(warning, "Pays in cash").getOrder();
        assertThat(taken.getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
        expect(409, "case-open", () -> staff.reserve(taken, null));
        assertThat(staff.pay(taken, taken.getOwed().getAmount()).getOrder().getState())
                .isEqualTo(OrderState.CONFIRMED);
        assertThat(theatre.count("select count(*) from case_file where state = 'SETTLED' and order_id = '"
                        + order.orderId() + "'"))
                .isOne();
    }

    private static Outcome.UnderReview underReview() throws ApiException {
        var email = Theatre.buyer().getEmail();
        reserve(cart(email));
        return (Outcome.UnderReview) reserve(cart(email));
    }

    private static Outcome reserve(Cart cart) throws ApiException {
        var request = new CheckoutRequest().paymentMethod(PaymentMethod.PAY_LATER);
        return Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request);
    }

    private static Cart cartOfSomebodyBlocked() throws Exception {
        var email = Theatre.buyer().getEmail();
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("Sold tickets at the door"));
        return cart(email);
    }

    private static Cart cart(String email) throws ApiException {
        seats++;
        var items = theatre.seats("r" + (seats / 10 + 1) + "-" + (seats % 10 + 1));
        return theatre.shop()
                .carts()
                .createCart(new CartCreation().items(items).buyer(Theatre.buyer(email)), UUID.randomUUID());
    }

    private static String seatOf(Cart cart) {
        return cart.getItems().getFirst().getSeat().getSeatId();
    }

    private static Cart now(Cart cart) throws ApiException {
        return theatre.shop().withCartToken(cart.getCartToken()).carts().getCart(cart.getCartId());
    }

    private static String reasonOf(UUID hijack) {
        return Awaited.of(theatre.db()
                .sql("select reason from hijack where hijack_id = '" + hijack + "'")
                .mapValue(String.class)
                .one());
    }
}
