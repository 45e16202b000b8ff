package dev.abendkasse.server.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.SeatState;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * A clerk against everybody else who wants the same purchase at the same time, on two replicas. A third party watches the seats.
 */
class HijackRaceTests {

    private static final int ROUNDS = Scale.of(500);
    private static final Map<String, Object> SETTINGS = Map.of("abendkasse.live.look-every", "200ms");

    private static Theatre theatre;
    private static Theatre replica;
    private static Till clerk;
    private static Till colleague;
    private static int seats;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(TestDatabase.fresh(), 4 * ROUNDS + 40, SETTINGS);
        replica = theatre.replica(SETTINGS);
        clerk = Till.ofStaff(theatre);
        colleague = Till.ofProgram(replica, "till", "box-office", "second");
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @Test
    void h1AndP3HijackAgainstCheckoutHasOneWinner() throws Exception {
        var watched = watching(() -> {
            var cart = cart();
            var warning = clerk.warn(cart);
            var hijack = new AtomicReference<String>();
            var checkout = new AtomicReference<String>();

            AtOnce.run(
                    () -> hijack.set(codeOf(() -> clerk.confirm(warning))),
                    () -> checkout.set(codeOf(() -> replica.checkOut(cart, PaymentMethod.CARD))));

            assertThat(List.of(hijack.get(), checkout.get()))
                    .isIn(List.of("done", "cart-hijacked"), List.of("already-decided", "done"));
            assertThat(ordersOf(cart)).isOne();
            return cart.getItems().getFirst().getSeat().getSeatId();
        });

        assertThat(watched.seenFree()).isEmpty();
    }

    /** What is told of a seat at its very end is free by the clock, whoever is just writing down that they have it; they are told next. */
    @Test
    void h1AndP2HijackAgainstExpiryHasOneWinnerAndTheSeatOneHolder() throws Exception {
        var taken = new ArrayList<String>();
        var watched = watching(() -> {
            var cart = cart();
            var seat = cart.getItems().getFirst().getSeat().getSeatId();
            var warning = clerk.warn(cart);
            endSoon(cart);
            var hijack = new AtomicReference<String>();
            var stranger = new AtomicReference<String>();

            AtOnce.run(
                    () -> hijack.set(codeOf(() -> clerk.confirm(warning))),
                    () -> stranger.set(codeOf(() -> replica.hold(replica.seats(seat)))));

            assertThat(hijack.get()).isIn("done", "cart-closed");
            assertThat(stranger.get()).isIn("done", "seats-taken");
            if (hijack.get().equals("done")) {
                assertThat(stranger.get()).isEqualTo("seats-taken");
                assertThat(stateNow(seat)).isEqualTo(SeatState.HELD);
                taken.add(seat);
            } else {
                assertThat(ordersOf(cart)).isZero();
            }
            return seat;
        });

        assertThat(watched.seenFreeAtLast()).doesNotContainAnyElementsOf(taken);
    }

    private static SeatState stateNow(String seat) throws ApiException {
        return replica.shop().events().listSeats(theatre.performance(), null).getSeats().stream()
                .filter(one -> one.getSeatId().equals(seat))
                .findFirst()
                .orElseThrow()
                .getState();
    }

    @Test
    void h2AndP5HijackAgainstTheProvidersWordLosesNoMoney() throws Exception {
        var watched = watching(() -> {
            var cart = cart();
            var order = (Outcome.PaymentRequired) theatre.checkOut(cart, PaymentMethod.CARD);
            var warning = clerk.warn(order.orderId());
            var hijack = new AtomicReference<String>();

            AtOnce.run(
                    () -> hijack.set(codeOf(() -> clerk.confirm(warning))),
                    () -> PayPage.of(order.payment()).payLate());

            assertThat(hijack.get()).isIn("done", "already-decided", "payment-in-progress");
            var ledger = new Ledger(theatre, order.orderId());
            PayPage.await(() -> stateOf(order.orderId()), OrderState.CONFIRMED.getValue()::equals);
            assertThat(ledger.balance()).isEqualTo(5000);
            assertThat(ledger.refunds()).isEqualTo("none");
            assertThat(ledger.cases()).isEqualTo("none");
            assertThat(ledger.validTickets()).isOne();
            assertThat(activeHijacksOf(order.orderId())).isZero();
            return cart.getItems().getFirst().getSeat().getSeatId();
        });

        assertThat(watched.seenFree()).isEmpty();
    }

    @Test
    void h14OfTwoClerksOneHasItAndTheOtherIsToldWho() throws Exception {
        var watched = watching(() -> {
            var cart = cart();
            var mine = clerk.warn(cart);
            var theirs = colleague.warn(cart);
            var first = new AtomicReference<String>();
            var second = new AtomicReference<String>();

            AtOnce.run(
                    () -> first.set(codeOf(() -> clerk.confirm(mine))),
                    () -> second.set(codeOf(() -> colleague.confirm(theirs))));

            assertThat(List.of(first.get(), second.get()))
                    .isIn(List.of("done", "held-by-clerk admin"), List.of("held-by-clerk till/second", "done"));
            assertThat(ordersOf(cart)).isOne();
            return cart.getItems().getFirst().getSeat().getSeatId();
        });

        assertThat(watched.seenFree()).isEmpty();
    }

    /** What a third party has been told of the seats of all rounds. */
    private record Watched(List<String> seats, String told) {

        List<String> seenFree() {
            return seats.stream().filter(seat -> told.contains(free(seat))).toList();
        }

        List<String> seenFreeAtLast() {
            return seats.stream()
                    .filter(seat ->
                            told.startsWith(free(seat), Math.max(0, told.lastIndexOf("{\"seatId\":\"" + seat + "\""))))
                    .toList();
        }

        private static String free(String seat) {
            return "{\"seatId\":\"" + seat + "\",\"state\":\"AVAILABLE\"}";
        }
    }

    /** One round; says which seat it was about. */
    private interface Round {

        String play() throws Exception;
    }

    private static Watched watching(Round round) throws Exception {
        var played = new ArrayList<String>();
        try (var stream = EventReader.open(
                replica.address().resolve("/v1/performances/" + theatre.performance() + "/seats/stream"), Map.of())) {
            for (int i = 0; i < ROUNDS; i++) {
                played.add(round.play());
            }
            var last = cart().getItems().getFirst().getSeat().getSeatId();
            while (!stream.text().contains("{\"seatId\":\"" + last + "\"")) {
                stream.next();
            }
            return new Watched(played, stream.text());
        }
    }

    private interface Attempt {

        Object make() throws ApiException;
    }

    /** "done", or the problem's code and whom it names. */
    private static String codeOf(Attempt attempt) {
        try {
            attempt.make();
            return "done";
        } catch (ApiException refused) {
            var problem = JsonMapper.shared().readTree(refused.getResponseBody());
            return (problem.get("code").asString() + " " + problem.path("clerk").asString("")).strip();
        }
    }

    private static Cart cart() throws ApiException {
        seats++;
        return theatre.hold(theatre.seats("r" + (seats / 10 + 1) + "-" + (seats % 10 + 1)));
    }

    /** Within the time that a request takes. */
    private static void endSoon(Cart cart) {
        var end = "clock_timestamp() + interval '%d milliseconds'"
                .formatted(ThreadLocalRandom.current().nextInt(30));
        Theatre.execute(
                theatre.db(),
                "with ended as (update cart set expires_at = %s where cart_id = '%s' returning *)"
                                .formatted(end, cart.getCartId())
                        + " update place set held_until = expires_at from ended where holder = cart_id");
    }

    private static long ordersOf(Cart cart) {
        return theatre.count("select count(*) from orders where cart_id = '" + cart.getCartId() + "'");
    }

    private static String stateOf(UUID order) {
        return theatre.value("select state from orders where order_id = '" + order + "'", String.class);
    }

    private static long activeHijacksOf(UUID order) {
        return theatre.count("select count(*) from hijack where state = 'ACTIVE' and order_id = '" + order + "'");
    }
}
