package dev.abendkasse.server.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.abendkasse.office.model.Purchase;
import dev.abendkasse.office.model.PurchaseSearch;
import dev.abendkasse.office.model.PurchaseState;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PurchaseKind;
import dev.abendkasse.sdk.model.SeatHistory;
import dev.abendkasse.sdk.model.SeatHold;
import dev.abendkasse.sdk.model.SeatHoldEnd;
import dev.abendkasse.sdk.model.SeatReason;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What colleagues see of purchases that clerks have. */
class DeskSightTests {

    private static Theatre theatre;
    private static Till staff;
    private static Till clerk;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.boxoffice.sweep-every", "1h"));
        staff = Till.ofStaff(theatre);
        clerk = Till.ofPartner(theatre, "corner-shop", "clerk");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void searchNamesTheClerkWhoHasTheOrder() throws ApiException {
        var order = clerk.hijack(theatre.hold(theatre.best("ga", 1)));

        assertThat(found(order).getState()).isEqualTo(PurchaseState.AT_BOX_OFFICE);
        assertThat(found(order).getClerk()).isEqualTo("corner-shop/clerk");

        clerk.colleague("second").takeOver(order);

        assertThat(found(order).getClerk()).isEqualTo("corner-shop/second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock_timestamp() - interval '1 second'", "null"})
    void searchNamesNobodyOnceTheClerkIsGone(String leaseUntil) throws ApiException {
        var order = staff.sell(theatre.best("ga", 1));

        Theatre.execute(
                theatre.db(),
                "update desk set lease_until = %s where order_id = '%s'".formatted(leaseUntil, order.getOrderId()));

        assertThat(found(order).getState()).isEqualTo(PurchaseState.AT_BOX_OFFICE);
        assertThat(found(order).getClerk()).isNull();
    }

    @Test
    void searchNamesNobodyOnceTheOrderHasLeftTheBoxOffice() throws ApiException {
        var order = staff.sell(theatre.best("ga", 1));
        staff.setBuyer(order, new Contact().name("Example Buyer").email("buyer@example.org"));

        staff.reserve(order, null);

        assertThat(found(order).getState()).isEqualTo(PurchaseState.RESERVED);
        assertThat(found(order).getClerk()).isNull();
    }

    @Test
    void seatTellsThatItsCartWasTakenOverAndHandedBack() throws ApiException {
        var cart = theatre.hold(theatre.seats("r1-1"));
        var order = clerk.hijack(cart);

        var taken = history("r1-1");
        assertThat(taken.getReason()).isEqualTo(SeatReason.AT_BOX_OFFICE);
        assertThat(taken.getHolds())
                .extracting(SeatHold::getKind, SeatHold::getOrderId, SeatHold::getCartId, SeatHold::getEnd)
                .containsExactly(
                        tuple(PurchaseKind.ORDER, order.getOrderId(), null, null),
                        tuple(PurchaseKind.CART, null, cart.getCartId(), SeatHoldEnd.TAKEN_OVER));

        clerk.handBack(order);

        var back = history("r1-1");
        assertThat(back.getReason()).isEqualTo(SeatReason.IN_CART);
        assertThat(back.getHolds())
                .extracting(SeatHold::getKind, SeatHold::getEnd)
                .containsExactly(
                        tuple(PurchaseKind.CART, null),
                        tuple(PurchaseKind.ORDER, SeatHoldEnd.HANDED_BACK),
                        tuple(PurchaseKind.CART, SeatHoldEnd.TAKEN_OVER));
    }

    @Test
    void customerWhoBuysAfterAllHasOrderedAndWasNotTakenOverAgain() throws ApiException {
        var cart = theatre.hold(theatre.seats("r1-2"));
        clerk.handBack(clerk.hijack(cart));
        var again = theatre.shop().withCartToken(cart.getCartToken()).carts().getCart(cart.getCartId(), null);

        var order = (Outcome.Reserved) theatre.checkOut(again.cartToken(cart.getCartToken()), PaymentMethod.PAY_LATER);

        assertThat(history("r1-2").getHolds())
                .extracting(SeatHold::getEnd)
                .containsExactly(null, SeatHoldEnd.ORDERED, SeatHoldEnd.HANDED_BACK, SeatHoldEnd.TAKEN_OVER);

        theatre.shop()
                .withOrderToken(order.orderToken())
                .orders()
                .releaseOrder(order.order().getOrderId(), UUID.randomUUID());

        assertThat(history("r1-2").getHolds())
                .extracting(SeatHold::getEnd)
                .startsWith(null, SeatHoldEnd.RELEASED, SeatHoldEnd.ORDERED);
    }

    @Test
    void cartThatHadRunOutBeforeItWasRecoveredHasRunOut() throws ApiException {
        var cart = theatre.hold(theatre.seats("r1-3"));
        theatre.letTimePass(cart.getCartId());

        staff.recover(cart);

        assertThat(history("r1-3").getReason()).isEqualTo(SeatReason.AT_BOX_OFFICE);
        assertThat(history("r1-3").getHolds())
                .extracting(SeatHold::getKind, SeatHold::getEnd)
                .containsExactly(tuple(PurchaseKind.ORDER, null), tuple(PurchaseKind.CART, SeatHoldEnd.EXPIRED));
    }

    private static Purchase found(BoxOfficeOrder order) throws ApiException {
        return theatre.office()
                .purchases()
                .searchPurchases(new PurchaseSearch().orderNumber(order.getOrderNumber()))
                .getItems()
                .getFirst();
    }

    private static SeatHistory history(String seat) throws ApiException {
        return staff.client().seatHistory().seatHistory(theatre.performance(), seat, null, null);
    }
}
