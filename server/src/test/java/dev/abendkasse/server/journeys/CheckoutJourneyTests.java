package dev.abendkasse.server.journeys;

import static dev.abendkasse.server.testing.Theatre.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.ItemChange;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentRequest;
import dev.abendkasse.sdk.model.PaymentState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.sdk.model.SeatState;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop's whole way from the seat map to every outcome of checkout, through the SDK. */
class CheckoutJourneyTests {

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void freeOrderIsConfirmedAtOnceAndItsSeatsAreSold() throws ApiException {
        var cart = theatre.hold(theatre.best("free", 2));

        var outcome = (Outcome.Confirmed) theatre.checkOut(cart, null);

        assertThat(outcome.order().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(outcome.order().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(outcome.order().getHeldUntil()).isNull();
        assertThat(outcome.order().getItems()).isEqualTo(cart.getItems());
        assertThat(theatre.shop()
                        .withOrderToken(outcome.orderToken())
                        .orders()
                        .getOrder(outcome.order().getOrderId()))
                .isEqualTo(outcome.order());
    }

    @Test
    void cardPaymentConfirmsTheOrderOnceTheProviderSaysSo() throws ApiException {
        var cart = theatre.hold(theatre.seats("r1-1", "r1-2"));

        var outcome = (Outcome.PaymentRequired) theatre.checkOut(cart, PaymentMethod.CARD);
        var orders = theatre.shop().withOrderToken(outcome.orderToken()).orders();

        assertThat(outcome.payment().getState()).isEqualTo(PaymentState.ACTION_REQUIRED);
        assertThat(outcome.payment().getAmount().getAmount()).isEqualTo(10_000);
        assertThat(orders.getOrder(outcome.orderId()).getState()).isEqualTo(OrderState.AWAITING_PAYMENT);
        PayPage.of(outcome.payment()).pay();
        var paid = PayPage.await(
                () -> orders.getOrder(outcome.orderId()), order -> order.getState() == OrderState.CONFIRMED);
        assertThat(paid.getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(stateOf("r1-1")).isEqualTo(SeatState.SOLD);
    }

    @Test
    void d6HoldOutlivesThePaymentPageByTwoMinutes() throws ApiException {
        var cart = theatre.hold(theatre.seats("r1-3"));

        var outcome = (Outcome.PaymentRequired) theatre.checkOut(cart, PaymentMethod.PAYPAL);

        var order = theatre.shop().withOrderToken(outcome.orderToken()).orders().getOrder(outcome.orderId());
        assertThat(Duration.between(outcome.payment().getExpiresAt(), order.getHeldUntil()))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(outcome.payment().getExpiresAt()).isBetween(inMinutes(29), inMinutes(31));
    }

    @Test
    void declinedPaymentCanBeTriedAgainWithAnotherMethod() throws ApiException {
        var outcome =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.seats("r1-4")), PaymentMethod.CARD);
        var shop = theatre.shop().withOrderToken(outcome.orderToken());
        PayPage.of(outcome.payment()).decline();
        PayPage.await(
                () -> shop.orders().getOrder(outcome.orderId()),
                order -> order.getPayment().getState() == PaymentState.FAILED);

        var second = shop.payments()
                .createPayment(outcome.orderId(), UUID.randomUUID(), new PaymentRequest().method(PspMethod.SEPA_DEBIT));
        PayPage.of(second).pay();

        PayPage.await(
                () -> shop.orders().getOrder(outcome.orderId()), order -> order.getState() == OrderState.CONFIRMED);
    }

    @Test
    void anotherAttemptEndsTheOpenOneAndShortensNoDeadline() throws ApiException {
        var outcome =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.seats("r1-5")), PaymentMethod.CARD);
        var shop = theatre.shop().withOrderToken(outcome.orderToken());
        var before = shop.orders().getOrder(outcome.orderId());

        var second = shop.payments()
                .createPayment(outcome.orderId(), UUID.randomUUID(), new PaymentRequest().method(PspMethod.CARD));

        var after = shop.orders().getOrder(outcome.orderId());
        assertThat(second.getPaymentId()).isNotEqualTo(outcome.payment().getPaymentId());
        assertThat(after.getPayment().getPaymentId()).isEqualTo(second.getPaymentId());
        assertThat(after.getHeldUntil()).isAfterOrEqualTo(before.getHeldUntil());
        assertThat(theatre.count("select count(*) from payment where order_id = '" + outcome.orderId()
                        + "' and state in ('CREATED', 'ACTION_REQUIRED')"))
                .isOne();
    }

    @Test
    void payLaterReservesWhereTheShopAllowsIt() throws ApiException {
        var outcome = (Outcome.Reserved) theatre.checkOut(theatre.hold(theatre.seats("r2-1")), PaymentMethod.PAY_LATER);

        assertThat(outcome.order().getState()).isEqualTo(OrderState.RESERVED);
        assertThat(outcome.payUntil()).isBetween(inMinutes(7 * 24 * 60 - 1), inMinutes(7 * 24 * 60 + 1));
        assertThat(stateOf("r2-1")).isEqualTo(SeatState.HELD);
    }

    @Test
    void releasedOrderBecomesANewCartWithAFullHoldAndTheSameItems() throws ApiException {
        var cart = theatre.hold(theatre.seats("r2-2", "r2-3"));
        var outcome = (Outcome.Reserved) theatre.checkOut(cart, PaymentMethod.PAY_LATER);

        var released = theatre.shop()
                .withOrderToken(outcome.orderToken())
                .orders()
                .releaseOrder(outcome.order().getOrderId(), UUID.randomUUID());

        assertThat(released.getState()).isEqualTo(CartState.OPEN);
        assertThat(released.getItems()).isEqualTo(cart.getItems());
        assertThat(released.getExpiresAt()).isBetween(inMinutes(14), inMinutes(16));
        assertThat(theatre.checkOut(released, PaymentMethod.CARD)).isInstanceOf(Outcome.PaymentRequired.class);
    }

    @Test
    void cancelledOrderFreesItsSeatsAtOnce() throws ApiException {
        var outcome = (Outcome.Reserved) theatre.checkOut(theatre.hold(theatre.seats("r2-4")), PaymentMethod.PAY_LATER);
        var orders = theatre.shop().withOrderToken(outcome.orderToken()).orders();

        var cancelled = orders.cancelOrder(outcome.order().getOrderId(), UUID.randomUUID());

        assertThat(cancelled.getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(stateOf("r2-4")).isEqualTo(SeatState.AVAILABLE);
        assertProblem(409, "order-state-conflict", () -> orders.cancelOrder(cancelled.getOrderId(), UUID.randomUUID()));
    }

    @Test
    void secondReservationOfOneGuestIsReviewed() throws ApiException {
        var buyer = Theatre.buyer();
        var request =
                new CheckoutRequest().paymentMethod(PaymentMethod.PAY_LATER).buyer(buyer);
        Theatre.checkOut(theatre.shop(), theatre.hold(theatre.seats("r2-5")), UUID.randomUUID(), request);

        var outcome = (Outcome.UnderReview)
                Theatre.checkOut(theatre.shop(), theatre.hold(theatre.seats("r2-6")), UUID.randomUUID(), request);

        var order = theatre.shop().withOrderToken(outcome.orderToken()).orders().getOrder(outcome.orderId());
        assertThat(outcome.caseNumber()).matches("[0-9]{10}");
        assertThat(order.getCaseNumber()).isEqualTo(outcome.caseNumber());
        assertThat(order.getState()).isEqualTo(OrderState.UNDER_REVIEW);
        assertThat(stateOf("r2-6")).isEqualTo(SeatState.HELD);
    }

    @Test
    void closedCartIsRedirectedToTheConfiguredOverview() throws ApiException {
        var cart = theatre.hold(theatre.seats("r2-7"));
        theatre.shop().withCartToken(cart.getCartToken()).carts().abandonCart(cart.getCartId(), null);

        assertThat(theatre.checkOut(cart, PaymentMethod.CARD))
                .isEqualTo(new Outcome.Redirect(URI.create("https://shop.example.org/events")));
    }

    @Test
    void d10ExpiredCartIsRedirectedAndItsSeatIsFree() throws ApiException {
        var cart = theatre.hold(theatre.seats("r2-8"));
        theatre.letTimePass(cart.getCartId());

        assertThat(stateOf("r2-8")).isEqualTo(SeatState.AVAILABLE);
        assertThat(theatre.checkOut(cart, PaymentMethod.CARD)).isInstanceOf(Outcome.Redirect.class);
        assertThat(theatre.hold(theatre.seats("r2-8")).getItems()).hasSize(1);
    }

    @Test
    void s4SameKeyGivesTheFirstAnswerAgain() throws ApiException {
        var cart = theatre.hold(theatre.seats("r3-1"));
        var key = UUID.randomUUID();
        var request = request(PaymentMethod.CARD);

        var first = Theatre.checkOut(theatre.shop(), cart, key, request);
        PayPage.of(((Outcome.PaymentRequired) first).payment()).pay();
        var again = Theatre.checkOut(theatre.shop(), cart, key, request);

        assertThat(again).isEqualTo(first);
        assertProblem(
                422,
                "idempotency-key-reused",
                () -> Theatre.checkOut(theatre.shop(), cart, key, request(PaymentMethod.PAYPAL)));
        assertProblem(
                409, "cart-checked-out", () -> Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request));
    }

    @Test
    void h5CheckoutBuysOnlyTheVersionThatTheBuyerSaw() throws ApiException {
        var cart = theatre.hold(theatre.seats("r3-2"));
        var carts = theatre.shop().withCartToken(cart.getCartToken()).carts();
        carts.addItems(cart.getCartId(), theatre.seats("r3-3"), null, null);

        assertThatThrownBy(() -> theatre.checkOut(cart, PaymentMethod.CARD))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(412);
                    var present = AbendkasseProblem.from(refused).orElseThrow().getCart();
                    assertThat(present.getItems()).hasSize(2);
                });
    }

    @Test
    void d14ChangingAPriceTypeKeepsEverythingElse() throws ApiException {
        var cart = theatre.hold(theatre.seats("r3-4", "r3-5"));
        var item = cart.getItems().getFirst();

        var changed = theatre.shop()
                .withCartToken(cart.getCartToken())
                .carts()
                .changeItem(cart.getCartId(), item.getItemId(), new ItemChange().priceType("reduced"), null);

        assertThat(changed.getTotal().getAmount()).isEqualTo(8_000);
        assertThat(changed.getItems().getLast()).isEqualTo(cart.getItems().getLast());
    }

    @Test
    void emptyCartAndMissingBuyerAndUnknownReturnAddressAreRefused() throws ApiException {
        var empty = theatre.shop().carts().createCart(new CartCreation(), null);
        var cart = theatre.hold(theatre.seats("r3-6"));

        assertProblem(422, "cart-empty", () -> theatre.checkOut(empty, PaymentMethod.CARD));
        assertProblem(
                422,
                "buyer-missing",
                () -> Theatre.checkOut(
                        theatre.shop(),
                        cart,
                        UUID.randomUUID(),
                        new CheckoutRequest().paymentMethod(PaymentMethod.CARD)));
        assertProblem(
                422,
                "return-url-not-allowed",
                () -> Theatre.checkOut(
                        theatre.shop(),
                        cart,
                        UUID.randomUUID(),
                        request(PaymentMethod.CARD).returnUrl(URI.create("https://other.example.com/"))));
        assertProblem(422, "payment-method-not-available", () -> theatre.checkOut(cart, PaymentMethod.INVOICE));
        assertThat(theatre.checkOut(cart, PaymentMethod.CARD)).isInstanceOf(Outcome.PaymentRequired.class);
    }

    @Test
    void strangersTokensOpenNothing() throws ApiException {
        var mine = theatre.hold(theatre.seats("r3-7"));
        var other = theatre.hold(theatre.seats("r3-8"));

        assertProblem(
                404,
                "cart-not-found",
                () -> theatre.shop().withCartToken(other.getCartToken()).carts().getCart(mine.getCartId()));
        assertProblem(
                404,
                "order-not-found",
                () -> theatre.shop()
                        .withOrderToken(other.getCartToken())
                        .orders()
                        .getOrder(mine.getCartId()));
    }

    private static SeatState stateOf(String seatId) throws ApiException {
        return theatre.shop().events().listSeats(theatre.performance(), null).getSeats().stream()
                .filter(seat -> seat.getSeatId().equals(seatId))
                .findFirst()
                .orElseThrow()
                .getState();
    }

    private static void assertProblem(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.getCode()).isEqualTo(status);
            assertThat(AbendkasseProblem.from(refused).orElseThrow().getCode()).isEqualTo(code);
        });
    }

    private static OffsetDateTime inMinutes(long minutes) {
        return OffsetDateTime.now().plusMinutes(minutes);
    }
}
