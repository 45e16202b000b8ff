package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.KeptConnection;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Being sent to the overview looks the same whatever the reason. */
class RedirectTests {

    /** Far longer than any checkout takes, so that waiting for its end can be told from work. */
    private static final Duration SLOT = Duration.ofMillis(700);

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.web.answer-slot", SLOT.toMillis() + "ms"));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void b5EveryRedirectLeavesAtTheEndOfItsSlotAlsoWhenItIsRepeated() throws Exception {
        var blocked = Theatre.buyer();
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().email(blocked.getEmail()).reason("A test"));
        var abandoned = theatre.hold(theatre.best("ga", 1));
        theatre.shop().withCartToken(abandoned.getCartToken()).carts().abandonCart(abandoned.getCartId(), null);
        var expired = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(expired.getCartId());
        var ofBlocked = theatre.hold(theatre.best("ga", 1));

        for (var cart : new Cart[] {abandoned, expired, ofBlocked}) {
            var key = UUID.randomUUID();
            var request =
                    new CheckoutRequest().paymentMethod(PaymentMethod.CARD).buyer(blocked);
            var first = redirect(cart, key, request);

            assertThat(redirect(cart, key, request)).isEqualTo(first);
            assertThat(theatre.shop().withCartToken(cart.getCartToken()).carts().getCart(cart.getCartId()))
                    .satisfies(closed -> assertThat(closed.getState()).isEqualTo(CartState.CLOSED))
                    .satisfies(closed -> assertThat(closed.getItems()).isEmpty())
                    .satisfies(closed -> assertThat(closed.getVersion()).isEqualTo(cart.getVersion()));
        }
    }

    private static Outcome redirect(Cart cart, UUID key, CheckoutRequest request) throws ApiException {
        var asked = Instant.now();
        var outcome = Theatre.checkOut(theatre.shop(), cart, key, request);
        assertThat(outcome).isInstanceOf(Outcome.Redirect.class);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(SLOT);
        return outcome;
    }

    /** Otherwise whoever sends it bit by bit chooses how much of the slot is left for the work, and looks which one it made. */
    @Test
    void b5SlotBeginsWithTheLastByteOfTheRequest() throws Exception {
        var slow = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(slow.getCartId());
        var other = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(other.getCartId());
        var body = "{\"paymentMethod\":\"CARD\"}";

        try (var connection = new KeptConnection(theatre.address())) {
            connection.send(head(slow, body.length()) + body.substring(0, 5));
            redirect(other, UUID.randomUUID(), Theatre.request(PaymentMethod.CARD));
            var sent = Instant.now();
            connection.send(body.substring(5));

            assertThat(connection.status()).isEqualTo(200);
            assertThat(Duration.between(sent, Instant.now())).isGreaterThanOrEqualTo(SLOT);
        }
    }

    private static String head(Cart cart, int length) {
        return """
                POST /v1/carts/%s/checkout HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Cart-Token: %s\r
                Idempotency-Key: %s\r
                If-Match: %s\r
                \r
                """.formatted(cart.getCartId(), length, cart.getCartToken(), UUID.randomUUID(), Theatre.etag(cart));
    }

    @Test
    void b7BlockedBuyersSeatIsFreeAtOnceAndNoOrderNumberIsUsed() throws Exception {
        var blocked = Theatre.buyer();
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().email(blocked.getEmail()).reason("A test"));
        var request =
                new CheckoutRequest().paymentMethod(PaymentMethod.PAY_LATER).buyer(blocked);
        var before = number(theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.PAY_LATER));

        var cart = theatre.hold(theatre.seats("r5-1"));
        assertThat(Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request))
                .isInstanceOf(Outcome.Redirect.class);

        assertThat(theatre.hold(theatre.seats("r5-1")).getItems()).hasSize(1);
        assertThat(number(theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.PAY_LATER)))
                .isEqualTo(before + 1);
    }

    @Test
    void b7NobodyIsWrittenToWhoeverIsSentToTheOverview() throws Exception {
        var blocked = Theatre.buyer();
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().email(blocked.getEmail()).reason("A test"));
        var innocent = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(innocent.getCartId());
        var before = theatre.count("select count(*) from outbox_message");

        redirect(
                theatre.hold(theatre.best("free", 1)),
                UUID.randomUUID(),
                new CheckoutRequest().paymentMethod(PaymentMethod.CARD).buyer(blocked));
        redirect(innocent, UUID.randomUUID(), Theatre.request(PaymentMethod.PAY_LATER));

        assertThat(theatre.count("select count(*) from outbox_message")).isEqualTo(before);
    }

    private static long number(Outcome outcome) {
        return Long.parseLong(((Outcome.Reserved) outcome).order().getOrderNumber());
    }
}
