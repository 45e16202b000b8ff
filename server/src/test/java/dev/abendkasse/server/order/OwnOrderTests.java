package dev.abendkasse.server.order;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.OwnOrder;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What customers see of all that they have bought. */
class OwnOrderTests {

    private static Theatre theatre;

    private AbendkasseClient customer;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    private void signIn() throws ApiException {
        customer = BankTheatre.customer(theatre);
    }

    @Test
    void ownOrdersAreListedTheNewestFirstAndOpenedByTheirCustomer() throws ApiException {
        signIn();
        var first = buy(2);
        var second = buy(1);
        BankTheatre.onAccount(theatre, BankTheatre.customer(theatre), theatre.best("ga", 1));

        var listed = customer.ownOrders().listMyOrders(null, null, null).getItems();

        assertThat(listed).extracting(OwnOrder::getOrderId).containsExactly(second, first);
        var order = listed.getLast();
        var opened = customer.orders().getOrder(first);
        assertThat(order.getOrderNumber()).isEqualTo(opened.getOrderNumber());
        assertThat(order.getState()).isEqualTo(opened.getState());
        assertThat(order.getTotal()).isEqualTo(opened.getTotal());
        assertThat(order.getQuantity()).isEqualTo(2);
        assertThat(order.getShowings()).singleElement().satisfies(showing -> {
            assertThat(showing.getPerformanceId()).isEqualTo(theatre.performance());
            assertThat(showing.getQuantity()).isEqualTo(2);
        });
        assertThat(customer.tickets().listTickets(first).getItems()).hasSize(2);
    }

    @Test
    void orderWhoseTimeIsOverIsExpiredInTheListToo() throws ApiException {
        signIn();
        var cart = customer.carts().createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
        var reserved = (Outcome.Reserved)
                Theatre.checkOut(customer, cart, UUID.randomUUID(), Theatre.request(PaymentMethod.PAY_LATER));
        var kept = buy(1);
        theatre.letTimePass(reserved.order().getOrderId());

        assertThat(customer.ownOrders()
                        .listMyOrders(OrderState.EXPIRED, null, null)
                        .getItems())
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.getOrderId()).isEqualTo(reserved.order().getOrderId());
                    assertThat(order.getHeldUntil()).isNull();
                });
        assertThat(customer.ownOrders()
                        .listMyOrders(OrderState.CONFIRMED, null, null)
                        .getItems())
                .extracting(OwnOrder::getOrderId)
                .containsExactly(kept);
    }

    @Test
    void pagesHoldEveryOrderOnce() throws ApiException {
        signIn();
        var bought = List.of(buy(1), buy(1), buy(1), buy(1), buy(1));

        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = customer.ownOrders().listMyOrders(null, cursor, 2);
            page.getItems().forEach(order -> seen.add(order.getOrderId()));
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(bought.reversed());
    }

    @Test
    void nobodyElseSeesThem() {
        expect(401, "unauthorized", () -> theatre.shop().ownOrders().listMyOrders(null, null, null));
        expect(403, "forbidden", () -> theatre.boxOffice().ownOrders().listMyOrders(null, null, null));
    }

    @Test
    void cursorThatNeverWasOneIsRefused() throws ApiException {
        signIn();

        expect(400, "invalid-request", () -> customer.ownOrders().listMyOrders(null, "nonsense", null));
    }

    private UUID buy(int places) throws ApiException {
        return BankTheatre.onAccount(theatre, customer, theatre.best("ga", places))
                .id();
    }
}
