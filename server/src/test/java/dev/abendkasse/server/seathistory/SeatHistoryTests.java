package dev.abendkasse.server.seathistory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PurchaseKind;
import dev.abendkasse.sdk.model.SeatHistory;
import dev.abendkasse.sdk.model.SeatHold;
import dev.abendkasse.sdk.model.SeatHoldEnd;
import dev.abendkasse.sdk.model.SeatReason;
import dev.abendkasse.sdk.model.SeatState;
import dev.abendkasse.server.security.ApiClients;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Why is this seat not free? */
class SeatHistoryTests {

    private static Theatre theatre;
    private static String clerk;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        clerk = AccessTokens.password(theatre.address(), "admin", TestServer.ADMIN_PASSWORD)
                .get();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void seatThatNobodyEverHadIsFree() throws ApiException {
        var history = history("r10-10");

        assertThat(history.getState()).isEqualTo(SeatState.AVAILABLE);
        assertThat(history.getReason()).isNull();
        assertThat(history.getHolds()).isEmpty();
    }

    @Test
    void everyHolderIsToldTheNewestFirstWithHowItEnded() throws ApiException {
        var abandoned = theatre.hold(theatre.seats("r1-1"));
        carts(abandoned).abandonCart(abandoned.getCartId(), null);
        var removed = theatre.hold(theatre.seats("r1-1"));
        carts(removed)
                .removeItem(removed.getCartId(), removed.getItems().getFirst().getItemId(), null);
        var expired = theatre.hold(theatre.seats("r1-1"));
        theatre.letTimePass(expired.getCartId());
        var first = order("r1-1");
        theatre.shop()
                .withOrderToken(first.orderToken())
                .orders()
                .cancelOrder(first.order().getOrderId(), UUID.randomUUID());
        var second = order("r1-1");
        var released = theatre.shop()
                .withOrderToken(second.orderToken())
                .orders()
                .releaseOrder(second.order().getOrderId(), UUID.randomUUID());

        var history = history("r1-1");

        assertThat(history.getState()).isEqualTo(SeatState.HELD);
        assertThat(history.getReason()).isEqualTo(SeatReason.IN_CART);
        assertThat(history.getHeldUntil()).isEqualTo(released.getExpiresAt());
        assertThat(history.getHolds())
                .extracting(SeatHold::getKind, SeatHold::getEnd)
                .containsExactly(
                        tuple(PurchaseKind.CART, null),
                        tuple(PurchaseKind.ORDER, SeatHoldEnd.RELEASED),
                        tuple(PurchaseKind.CART, SeatHoldEnd.ORDERED),
                        tuple(PurchaseKind.ORDER, SeatHoldEnd.CANCELLED),
                        tuple(PurchaseKind.CART, SeatHoldEnd.ORDERED),
                        tuple(PurchaseKind.CART, SeatHoldEnd.EXPIRED),
                        tuple(PurchaseKind.CART, SeatHoldEnd.REMOVED),
                        tuple(PurchaseKind.CART, SeatHoldEnd.CLOSED));
        assertThat(history.getHolds().getFirst().getPickupCode()).isEqualTo(released.getPickupCode());
        assertThat(history.getHolds().getLast().getCartId()).isEqualTo(abandoned.getCartId());
    }

    @Test
    void reservedSeatSaysForWhomAndUntilWhen() throws ApiException {
        var order = order("r2-1").order();

        var history = history("r2-1");

        assertThat(history.getReason()).isEqualTo(SeatReason.RESERVED);
        assertThat(history.getHeldUntil()).isEqualTo(order.getHeldUntil());
        assertThat(history.getHolds().getFirst())
                .isEqualTo(new SeatHold()
                        .kind(PurchaseKind.ORDER)
                        .orderId(order.getOrderId())
                        .orderNumber(order.getOrderNumber())
                        .buyerName("Example Buyer")
                        .from(history.getHolds().getFirst().getFrom())
                        .until(order.getHeldUntil()));
    }

    @Test
    void holdThatHasRunOutIsOverThoughNothingHasTakenTheSeat() throws ApiException {
        var cart = theatre.hold(theatre.seats("r2-2"));
        theatre.letTimePass(cart.getCartId());

        var history = history("r2-2");

        assertThat(history.getState()).isEqualTo(SeatState.AVAILABLE);
        assertThat(history.getHolds()).extracting(SeatHold::getEnd).containsExactly(SeatHoldEnd.EXPIRED);
        assertThat(history.getHolds().getFirst().getUntil()).isBefore(OffsetDateTime.now());
    }

    @Test
    void soldSeatIsSoldForGoodUntilItIsRefunded() throws ApiException {
        var paid = PaidOrder.of(theatre, theatre.seats("r3-1"));

        var sold = history("r3-1");
        assertThat(sold.getState()).isEqualTo(SeatState.SOLD);
        assertThat(sold.getReason()).isEqualTo(SeatReason.SOLD);
        assertThat(sold.getHeldUntil()).isNull();
        assertThat(sold.getHolds().getFirst().getUntil()).isNull();

        theatre.office()
                .refundDesk()
                .refundOrder(
                        paid.id(),
                        UUID.randomUUID(),
                        new RefundOrderRequest()
                                .reason(StaffRefundReason.GOODWILL)
                                .note("Goodwill"));

        var refunded = history("r3-1");
        assertThat(refunded.getState()).isEqualTo(SeatState.AVAILABLE);
        assertThat(refunded.getHolds().getFirst().getEnd()).isEqualTo(SeatHoldEnd.REFUNDED);
    }

    @Test
    void freeSeatThatIsNotOnSaleSaysSo() throws ApiException {
        var other = theatre.anotherHall(10);
        Theatre.execute(
                theatre.db(),
                "update performance set sales_end = clock_timestamp() where performance_id = '" + other.performance()
                        + "'");

        var closed = theatre.shop(clerk).seatHistory().seatHistory(other.performance(), "r1-1", null, null);

        assertThat(closed.getState()).isEqualTo(SeatState.AVAILABLE);
        assertThat(closed.getReason()).isEqualTo(SeatReason.NOT_ON_SALE);
    }

    @Test
    void partnerSeesWhatItHasSoldAndOfTheRestOnlyWhetherItIsFree() throws ApiException {
        var client = "partner-" + UUID.randomUUID();
        var partner = theatre.shop(tokenOf(client, "partner"));
        allot(client, theatre.performance());
        var others = order("r4-1").order();
        theatre.letTimePass(others.getOrderId());
        var own = order("r4-1").order();
        order("r4-2");
        Theatre.execute(
                theatre.db(),
                "update orders set client_id = '%s' where order_id = '%s'".formatted(client, own.getOrderId()));

        var ownSeat = partner.seatHistory().seatHistory(theatre.performance(), "r4-1", null, null);
        assertThat(ownSeat.getReason()).isEqualTo(SeatReason.RESERVED);
        assertThat(ownSeat.getHolds()).extracting(SeatHold::getOrderId).containsExactly(own.getOrderId());

        var othersSeat = partner.seatHistory().seatHistory(theatre.performance(), "r4-2", null, null);
        assertThat(othersSeat).isEqualTo(new SeatHistory().state(SeatState.HELD).holds(new ArrayList<>()));
    }

    @Test
    void partnerIsToldNothingOfPerformancesThatAreNotAllottedToIt() throws ApiException {
        var own = theatre.anotherHall(10);
        var client = "partner-" + UUID.randomUUID();
        var api = theatre.shop(tokenOf(client, "partner")).seatHistory();
        allot(client, own.performance());

        assertThat(api.seatHistory(own.performance(), "r1-1", null, null).getState())
                .isEqualTo(SeatState.AVAILABLE);
        Problems.expect(404, "performance-not-found", () -> api.seatHistory(theatre.performance(), "r1-1", null, null));
        Problems.expect(
                404, "performance-not-found", () -> api.seatHistory(theatre.performance(), "nowhere", null, null));
    }

    @Test
    void pagesOfAHistoryLeaveNothingOut() throws ApiException {
        for (int i = 0; i < 5; i++) {
            theatre.letTimePass(theatre.hold(theatre.seats("r5-1")).getCartId());
        }
        var all = history("r5-1").getHolds();
        var found = new ArrayList<SeatHold>();

        var page = theatre.shop(clerk).seatHistory().seatHistory(theatre.performance(), "r5-1", null, 2);
        found.addAll(page.getHolds());
        while (page.getNextCursor() != null) {
            page = theatre.shop(clerk)
                    .seatHistory()
                    .seatHistory(theatre.performance(), "r5-1", page.getNextCursor(), 2);
            found.addAll(page.getHolds());
        }

        assertThat(found).hasSize(5).isEqualTo(all);
    }

    @Test
    void unknownSeatsAndPerformancesAreNotFound() {
        var api = theatre.shop(clerk).seatHistory();

        Problems.expect(404, "seat-not-found", () -> api.seatHistory(theatre.performance(), "nowhere", null, null));
        Problems.expect(404, "performance-not-found", () -> api.seatHistory(UUID.randomUUID(), "r1-1", null, null));
    }

    private static SeatHistory history(String seat) throws ApiException {
        return theatre.shop(clerk).seatHistory().seatHistory(theatre.performance(), seat, null, null);
    }

    private static dev.abendkasse.sdk.api.CartsApi carts(Cart cart) {
        return theatre.shop().withCartToken(cart.getCartToken()).carts();
    }

    private static Outcome.Reserved order(String seat) throws ApiException {
        return (Outcome.Reserved) theatre.checkOut(theatre.hold(theatre.seats(seat)), PaymentMethod.PAY_LATER);
    }

    private static void allot(String client, UUID performance) {
        Theatre.execute(
                theatre.db(),
                "insert into api_client_allotment (client_id, performance_id) values ('%s', '%s')"
                        .formatted(client, performance));
    }

    private static String tokenOf(String client, String scope) {
        var secret = Awaited.of(theatre.server().bean(ApiClients.class).create(client, Set.of(scope)));
        return AccessTokens.clientCredentials(theatre.address(), client, secret).get();
    }
}
