package dev.abendkasse.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.model.Buyer;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartEventType;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What becomes of a cart is told to those who have its secret, and no more than that. */
class CartStreamTests {

    /** No heartbeat comes between, so that whole streams can be compared. */
    private static final Map<String, Object> QUIET = Map.of(
            "abendkasse.live.heartbeat", "1h",
            "abendkasse.live.look-every", "500ms",
            "abendkasse.cart.sweep-every", "200ms");

    private static Theatre first;
    private static Theatre second;

    @BeforeAll
    static void open() {
        first = Theatre.open(QUIET);
        second = first.replica(QUIET);
    }

    @AfterAll
    static void close() {
        second.close();
        first.close();
    }

    @Test
    void p11CartThatIsClosedOnOneReplicaIsToldByTheOtherAndTheStreamEnds() throws Exception {
        var cart = hold();
        try (var stream = open(second, cart, Map.of())) {
            stream.nextPosition();
            abandon(cart);

            var closed = stream.next();
            assertThat(closed.event()).isEqualTo("closed");
            assertThat(closed.data()).isEqualTo("{\"type\":\"CLOSED\"}");
            stream.awaitEnd();
        }
    }

    @Test
    void checkoutIsToldAndTheStreamEnds() throws Exception {
        var cart = hold();
        try (var stream = open(second, cart, Map.of())) {
            stream.nextPosition();
            first.checkOut(cart, PaymentMethod.PAY_LATER);

            assertThat(stream.next().event()).isEqualTo("checked-out");
            stream.awaitEnd();
        }
    }

    @Test
    void cartThatRunsOutIsSaidToExpireAndIsClosedThoughNothingHasSweptIt() throws Exception {
        try (var unswept =
                first.replica(Map.of("abendkasse.live.expiring", "4s", "abendkasse.cart.sweep-every", "1h"))) {
            var cart = shortHold(unswept);
            try (var stream = open(unswept, cart, Map.of())) {
                var expiring = stream.next();
                assertThat(expiring.event()).isEqualTo("expiring");
                assertThat(expiring.json().get("expiresAt").asString())
                        .isEqualTo(cart.getExpiresAt().toInstant().toString());
                assertThat(stream.next().event()).isEqualTo("closed");
                stream.awaitEnd();
            }
        }
    }

    /** Five seconds are left of it. */
    private static Cart shortHold(Theatre theatre) throws Exception {
        var cart = theatre.hold(theatre.best("ga", 1));
        Theatre.execute(
                theatre.db(),
                "update cart set expires_at = clock_timestamp() + interval '5 seconds' where cart_id = '"
                        + cart.getCartId() + "'");
        return theatre.shop()
                .withCartToken(cart.getCartToken())
                .carts()
                .getCart(cart.getCartId())
                .cartToken(cart.getCartToken());
    }

    /** The ways in which a cart can end without an order; each client was listening and comes back once more. */
    @Test
    void b7StreamOfARedirectedBuyerIsToTheByteThatOfAnyClosedCart() throws Exception {
        var blocked = Theatre.buyer();
        first.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().email(blocked.getEmail()).reason("A test"));
        var streams = new LinkedHashMap<String, String>();

        streams.put("abandoned", streamsOf(this::abandon));
        streams.put("redirected", streamsOf(cart -> redirect(cart, blocked)));
        streams.put("run out", streamsOf(cart -> first.letTimePass(cart.getCartId())));
        streams.put("seats lost", streamsOf(cart -> {
            Theatre.execute(
                    first.db(),
                    "update place set holder = gen_random_uuid() where holder = '" + cart.getCartId() + "'");
            redirect(cart, Theatre.buyer());
        }));

        assertThat(streams.get("abandoned")).contains("event:closed\ndata:{\"type\":\"CLOSED\"}\n\n");
        assertThat(streams).allSatisfy((how, text) -> assertThat(text).as(how).isEqualTo(streams.get("abandoned")));
    }

    private interface End {
        void of(Cart cart) throws Exception;
    }

    /** Live, from the last position on, and anew. Positions and the time to come back differ by nature. */
    private static String streamsOf(End end) throws Exception {
        var cart = hold();
        var all = new StringBuilder();
        String lastId;
        try (var stream = open(second, cart, Map.of())) {
            stream.nextPosition();
            lastId = stream.lastId();
            end.of(cart);
            all.append(stream.awaitEnd().text());
        }
        try (var again = open(first, cart, Map.of("Last-Event-ID", lastId))) {
            all.append(again.awaitEnd().text());
        }
        try (var anew = open(first, cart, Map.of())) {
            all.append(anew.awaitEnd().text());
        }
        return all.toString().replaceAll("id:\\d+", "id:N").replaceAll("retry:\\d+", "retry:N");
    }

    private static void redirect(Cart cart, Buyer buyer) throws Exception {
        var outcome = Theatre.checkOut(
                first.shop(),
                cart,
                UUID.randomUUID(),
                Theatre.request(PaymentMethod.CARD).buyer(buyer));
        assertThat(outcome).isInstanceOf(Outcome.Redirect.class);
    }

    @Test
    void s5WhatTheBoxOfficeDoesIsToldAlsoToAClientThatWasAway() throws Exception {
        var cart = hold();
        String lastId;
        try (var stream = open(first, cart, Map.of())) {
            stream.nextPosition();
            note(cart, "HIJACK_WARNED");
            assertThat(stream.next().event()).isEqualTo("hijack-warned");
            lastId = stream.lastId();
        }
        note(cart, "HIJACKED");
        note(hold(), "HIJACK_WITHDRAWN");
        note(cart, "HANDED_BACK");

        try (var stream = open(second, cart, Map.of("Last-Event-ID", lastId))) {
            assertThat(stream.next().event()).isEqualTo("hijacked");
            assertThat(stream.next().event()).isEqualTo("handed-back");
            abandon(cart);
            assertThat(stream.next().event()).isEqualTo("closed");
        }
    }

    /** As the box office's commands will. */
    private static void note(Cart cart, String kind) {
        Theatre.execute(first.db(), "select note_carts(array['" + cart.getCartId() + "']::uuid[], '" + kind + "')");
        Theatre.execute(first.db(), "select number_live_events()");
    }

    @Test
    void cartThatIsInTheBoxOfficesHandsIsSaidToBeSo() throws Exception {
        var cart = hold();
        Theatre.execute(first.db(), "update cart set state = 'HIJACKED' where cart_id = '" + cart.getCartId() + "'");

        try (var stream = open(first, cart, Map.of())) {
            assertThat(stream.next().event()).isEqualTo("hijacked");
        }
    }

    @Test
    void s5IdThatMeansNothingHereGivesAResync() throws Exception {
        var cart = hold();
        try (var stream = open(first, cart, Map.of("Last-Event-ID", "999999999999"))) {
            assertThat(stream.next().data()).isEqualTo("{\"type\":\"RESYNC\"}");
            abandon(cart);
            assertThat(stream.next().event()).isEqualTo("closed");
        }
    }

    @Test
    void wrongTokenIsAnsweredAsIfTheCartWereUnknown() throws Exception {
        var cart = hold();
        var other = hold();

        var wrong = ask(cart.getCartId(), other.getCartToken())
                .expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        var unknown = UUID.randomUUID();
        var none = ask(unknown, other.getCartToken())
                .expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(wrong.replace(cart.getCartId().toString(), ""))
                .isEqualTo(none.replace(unknown.toString(), ""))
                .contains("cart-not-found");
        ask(cart.getCartId(), null).expectStatus().isUnauthorized();
    }

    private static WebTestClient.ResponseSpec ask(UUID cart, String token) {
        var request = first.server().http().get().uri("/v1/carts/{id}/stream", cart);
        return (token == null ? request : request.header("Cart-Token", token)).exchange();
    }

    @Test
    void wholeStreamIsReadByTheSdk() throws Exception {
        var cart = hold();
        var shop = AbendkasseClient.at(second.address()).build().withCartToken(cart.getCartToken());
        try (var stream = shop.live().streamCart(cart.getCartId())) {
            abandon(cart);

            assertThat(stream.next().orElseThrow().getType()).isEqualTo(CartEventType.CLOSED);
            assertThat(stream.next()).isEmpty();
        }
    }

    private static Cart hold() throws Exception {
        return first.hold(first.best("ga", 1));
    }

    private void abandon(Cart cart) throws Exception {
        first.shop().withCartToken(cart.getCartToken()).carts().abandonCart(cart.getCartId(), null);
    }

    private static EventReader open(Theatre replica, Cart cart, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("Cart-Token", cart.getCartToken());
        return EventReader.open(replica.address().resolve("/v1/carts/" + cart.getCartId() + "/stream"), headers);
    }
}
