package dev.abendkasse.server.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.Purchase;
import dev.abendkasse.office.model.PurchaseKind;
import dev.abendkasse.office.model.PurchaseSearch;
import dev.abendkasse.office.model.PurchaseState;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Buyer;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clerk looks for what a caller is talking about. */
class PurchaseSearchTests {

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() throws ApiException {
        theatre = Theatre.open();
        cart("Beispiel Künstlerin-Groß 17", "Kasse.17@xn--bhne17-3ya.example.org", "+49 (0)30 555017-0");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "künstlerin",
                "KÜNSTLERIN",
                "kuenstlerin",
                "Kunstlerin",
                "nstler",
                "in-gross 17",
                "17 beispiel",
                "groß beisp",
                "kasse.17",
                "17@bühne17.ex",
                "xn--bhne17-3ya.example.org",
                "030 555017",
                "+49 30 5550170",
                "0049305550170",
                "5550170",
                "30/5550",
                "+49 (0)30 555"
            })
    void buyerIsFoundByAnyPartHoweverItIsWritten(String q) throws ApiException {
        assertThat(names(new PurchaseSearch().q(q))).containsExactly("Beispiel Künstlerin-Groß 17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k%nstlerin", "k_nstlerin", "künstlerin\\", "künstlerin groz", "030 555018", "%%%", "___"})
    void whatIsTypedMeansItself(String q) throws ApiException {
        assertThat(names(new PurchaseSearch().q(q))).isEmpty();
    }

    @Test
    void cartsAndOrdersAreFoundTogetherTheNewestFirst() throws ApiException {
        var order = order("Beispiel Together One", theatre.hold(theatre.best("a", 2)));
        cart("Beispiel Together Two", "together@example.org", null);

        var found = search(new PurchaseSearch().q("beispiel together"));

        assertThat(found)
                .extracting(Purchase::getKind, Purchase::getState, Purchase::getBuyerName)
                .containsExactly(
                        tuple(PurchaseKind.CART, PurchaseState.OPEN, "Beispiel Together Two"),
                        tuple(PurchaseKind.ORDER, PurchaseState.RESERVED, "Beispiel Together One"));
        var reserved = found.getLast();
        assertThat(reserved.getOrderId()).isEqualTo(order.order().getOrderId());
        assertThat(reserved.getQuantity()).isEqualTo(2);
        assertThat(reserved.getSeats()).hasSize(2);
        assertThat(reserved.getTotal().getAmount()).isEqualTo(10_000);
        assertThat(reserved.getPerformances())
                .extracting(performance -> performance.getPerformanceId())
                .containsExactly(theatre.performance());
        assertThat(reserved.getExpiresAt()).isAfter(OffsetDateTime.now().plusDays(6));
    }

    @Test
    void pickupCodeAsHeardLeadsToTheCartAndThenToItsOrder() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        Theatre.execute(
                theatre.db(), "update cart set pickup_code = '10A01B' where cart_id = '" + cart.getCartId() + "'");
        var heard = new PurchaseSearch().pickupCode("loa-o1b");

        assertThat(search(heard)).extracting(Purchase::getCartId).containsExactly(cart.getCartId());

        var order = order("Beispiel Pickup", cart);

        assertThat(search(heard))
                .extracting(Purchase::getOrderId)
                .containsExactly(order.order().getOrderId());
    }

    @Test
    void orderIsFoundByItsNumber() throws ApiException {
        var order =
                order("Beispiel Number", theatre.hold(theatre.best("ga", 1))).order();

        assertThat(search(new PurchaseSearch().orderNumber(order.getOrderNumber())))
                .extracting(Purchase::getOrderId)
                .containsExactly(order.getOrderId());
    }

    @Test
    void seatLeadsToWhoeverHasItOrHadIt() throws ApiException {
        var first = theatre.hold(theatre.seats("r9-1"));
        theatre.letTimePass(first.getCartId());
        var second = order("Beispiel Seat", theatre.hold(theatre.seats("r9-1"))).order();

        var found =
                search(new PurchaseSearch().performanceId(theatre.performance()).seatId("r9-1"));

        assertThat(found)
                .extracting(Purchase::getOrderId, Purchase::getCartId)
                .containsExactly(tuple(second.getOrderId(), null), tuple(null, first.getCartId()));
    }

    @Test
    void whatHasRunOutIsClosedOrExpiredThoughNothingHasSweptIt() throws ApiException {
        var quiet = Theatre.open(
                java.util.Map.of("abendkasse.cart.sweep-every", "1h", "abendkasse.order.sweep-every", "1h"));
        try (quiet) {
            var cart = cart(quiet, "Beispiel Late", "late@example.org", null);
            var reserved = (Outcome.Reserved) Theatre.checkOut(
                    quiet.shop(),
                    quiet.hold(quiet.best("ga", 1)),
                    UUID.randomUUID(),
                    Theatre.request(PaymentMethod.PAY_LATER).buyer(Theatre.buyer("late@example.org")));
            quiet.letTimePass(cart.getCartId());
            quiet.letTimePass(reserved.order().getOrderId());

            assertThat(quiet.office()
                            .purchases()
                            .searchPurchases(new PurchaseSearch().q("late@"))
                            .getItems())
                    .extracting(Purchase::getState)
                    .containsExactly(PurchaseState.EXPIRED, PurchaseState.CLOSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "30 minutes, , true",
        "2 hours, , false",
        "2 hours, 3, true",
        "30 minutes, 0, false",
        "160 hours, 168, true"
    })
    void cartsThatHaveEndedAreFoundForAnHourOrAsLongAsIsAskedFor(String ago, Integer hours, boolean found)
            throws ApiException {
        var name = "Beispiel " + UUID.randomUUID();
        var cart = cart(name, "ended@example.org", null);
        Theatre.execute(theatre.db(), """
                update cart set state = 'CLOSED', expires_at = clock_timestamp() - interval '%s' where cart_id = '%s'
                """.formatted(ago, cart.getCartId()));

        assertThat(names(new PurchaseSearch().q(name).endedWithinHours(hours))).hasSize(found ? 1 : 0);
    }

    @Test
    void emptyCartThatHasEndedIsNotFound() throws ApiException {
        var cart = theatre.shop().carts().createCart(new CartCreation().buyer(buyer("Beispiel Empty", null)), null);

        assertThat(names(new PurchaseSearch().q("beispiel empty"))).hasSize(1);

        theatre.shop().withCartToken(cart.getCartToken()).carts().abandonCart(cart.getCartId(), null);

        assertThat(names(new PurchaseSearch().q("beispiel empty"))).isEmpty();
    }

    @Test
    void cartOfACustomerWhoHasNotSaidWhoIsBuyingIsFoundByTheAccount() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        Theatre.execute(theatre.db(), """
                with account as (insert into customer (name, phone, password_hash)
                                 values ('Beispiel Account', '030 5550199', 'none') returning customer_id),
                     address as (insert into customer_email (customer_id, email, canonical, match_key)
                                 select customer_id, 'account@example.org', 'account@example.org', '\\x00' from account)
                update cart set customer_id = (select customer_id from account) where cart_id = '%s'
                """.formatted(cart.getCartId()));

        for (var q : List.of("beispiel account", "account@example", "5550199")) {
            assertThat(search(new PurchaseSearch().q(q)))
                    .extracting(Purchase::getCartId, Purchase::getBuyerName, Purchase::getBuyerEmail)
                    .containsExactly(tuple(cart.getCartId(), "Beispiel Account", "account@example.org"));
        }
    }

    @Test
    void pagesLeaveNothingOutAndRepeatNothingThoughPurchasesAreMadeMeanwhile() throws ApiException {
        for (int i = 0; i < 5; i++) {
            cart("Beispiel Paging " + i, "paging@example.org", null);
        }
        var wanted = new PurchaseSearch().q("beispiel paging").limit(2);
        var found = new ArrayList<String>();

        var page = theatre.office().purchases().searchPurchases(wanted);
        while (true) {
            page.getItems().forEach(one -> found.add(one.getBuyerName()));
            cart("Beispiel Paging later", "paging@example.org", null);
            if (page.getNextCursor() == null) {
                break;
            }
            page = theatre.office().purchases().searchPurchases(wanted.cursor(page.getNextCursor()));
        }

        assertThat(found)
                .containsExactly(
                        "Beispiel Paging 4",
                        "Beispiel Paging 3",
                        "Beispiel Paging 2",
                        "Beispiel Paging 1",
                        "Beispiel Paging 0");
    }

    @Test
    void filtersNarrowItDown() throws ApiException {
        cart("Beispiel Filter Cart", "filter@example.org", null);
        var between = OffsetDateTime.now();
        order("Beispiel Filter Order", theatre.hold(theatre.best("ga", 1)));

        assertThat(names(filter().states(Set.of(PurchaseState.RESERVED)))).containsExactly("Beispiel Filter Order");
        assertThat(names(filter().states(Set.of(PurchaseState.OPEN, PurchaseState.EXPIRED))))
                .containsExactly("Beispiel Filter Cart");
        assertThat(names(filter().from(between))).containsExactly("Beispiel Filter Order");
        assertThat(names(filter().to(between))).containsExactly("Beispiel Filter Cart");
        assertThat(names(filter().performanceId(theatre.performance()))).hasSize(2);
        assertThat(names(filter().performanceId(UUID.randomUUID()))).isEmpty();
    }

    private static PurchaseSearch filter() {
        return new PurchaseSearch().q("beispiel filter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|#",
                "{\"q\": \"abc\", \"orderNumber\": \"1\"}|#",
                "{\"q\": \" a b \"}|#/q",
                "{\"q\": \"ab\"}|#/q",
                "{\"seatId\": \"r1-1\"}|#/performanceId",
                "{\"pickupCode\": \"ABCDEFG\"}|#/pickupCode",
                "{\"pickupCode\": \"ABCDEU\"}|#/pickupCode",
                "{\"q\": \"abc\", \"cursor\": \"abc\"}|#/cursor",
                "{\"q\": \"abc\", \"limit\": 101}|#/limit"
            })
    void nonsenseIsRefusedWithAPointer(String body, String pointer) {
        var token = dev.abendkasse.sdk.AccessTokens.password(
                        theatre.address(), "admin", dev.abendkasse.server.testing.TestServer.ADMIN_PASSWORD)
                .get();

        theatre.server()
                .http()
                .post()
                .uri("/v1/box-office/purchase-searches")
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(pointer);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static Outcome.Reserved order(String name, Cart cart) throws ApiException {
        var request = Theatre.request(PaymentMethod.PAY_LATER).buyer(buyer(name, null));
        return (Outcome.Reserved) Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request);
    }

    private static Cart cart(String name, String email, String phone) throws ApiException {
        return cart(theatre, name, email, phone);
    }

    private static Cart cart(Theatre house, String name, String email, String phone) throws ApiException {
        var buyer = new Buyer().name(name).email(email).phone(phone);
        return house.shop()
                .carts()
                .createCart(new CartCreation().items(house.best("ga", 1)).buyer(buyer), UUID.randomUUID());
    }

    private static Buyer buyer(String name, String phone) {
        return Theatre.buyer().name(name).phone(phone);
    }

    private static List<Purchase> search(PurchaseSearch search) throws ApiException {
        return theatre.office().purchases().searchPurchases(search).getItems();
    }

    private static List<String> names(PurchaseSearch search) throws ApiException {
        return search(search).stream().map(Purchase::getBuyerName).toList();
    }
}
