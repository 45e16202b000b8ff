package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first minutes of sale: many more buyers than seats, over HTTP, on two replicas of one database. */
class OnSaleRaceTests {

    private static final int BUYERS = 200;
    private static final int SEATS = 50;

    private static Theatre first;
    private static Theatre replica;

    @BeforeAll
    static void openTheTheatre() {
        first = Theatre.open();
        replica = first.replica(Map.of());
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        first.close();
    }

    @ParameterizedTest(name = "buyers choose seats themselves: {0}")
    @ValueSource(booleans = {true, false})
    void p1TwoHundredBuyersOnFiftySeatsBuyEachSeatExactlyOnce(boolean named) throws Exception {
        for (int round = 0; round < Scale.of(20); round++) {
            raceFor(first.anotherHall(SEATS), named);
        }
    }

    private static void raceFor(Theatre theatre, boolean named) throws Exception {
        var results = allAtOnce(IntStream.range(0, BUYERS)
                .<Callable<Boolean>>mapToObj(n -> {
                    var shop = (n % 2 == 0 ? theatre : replica).shop();
                    return () -> buys(theatre, shop, named ? n : -1);
                })
                .toList());

        assertThat(results).filteredOn(Boolean::booleanValue).hasSize(SEATS);
        assertThat(theatre.count("select count(distinct place_no) from order_item join orders using (order_id)"
                        + " where performance_id = '" + theatre.performance() + "' and state = 'RESERVED'"))
                .isEqualTo(SEATS);
        assertThat(theatre.count(
                        "select count(*) from order_item where performance_id = '" + theatre.performance() + "'"))
                .isEqualTo(SEATS);
    }

    /** Tries a few seats, or the best one; anything but a defined answer fails the test. */
    private static boolean buys(Theatre theatre, AbendkasseClient shop, int n) throws ApiException {
        for (int attempt = 0; attempt < 3; attempt++) {
            var seat = (n + attempt) % SEATS;
            var items = n < 0 ? theatre.best("a", 1) : theatre.seats("r" + (seat / 10 + 1) + "-" + (seat % 10 + 1));
            try {
                var cart = shop.carts().createCart(new CartCreation().items(items), UUID.randomUUID());
                var outcome = Theatre.checkOut(shop, cart, UUID.randomUUID(), Theatre.request(PaymentMethod.PAY_LATER));
                assertThat(outcome).isInstanceOf(Outcome.Reserved.class);
                return true;
            } catch (ApiException refused) {
                assertThat(refused.getCode()).as(refused.getMessage()).isEqualTo(409);
                if (n < 0) {
                    return false;
                }
            }
        }
        return false;
    }

    @Test
    void h1CheckoutAndAbandonOfOneCartHaveOneWinner() throws Exception {
        var theatre = first.anotherHall(0);
        for (int round = 0; round < Scale.of(100); round++) {
            var cart = theatre.hold(theatre.best("ga", 1));

            var won = allAtOnce(List.of(
                    () -> theatre.checkOut(cart, PaymentMethod.PAY_LATER) instanceof Outcome.Reserved,
                    () -> abandons(theatre, cart)));

            assertThat(won).containsExactlyInAnyOrder(true, false);
        }
    }

    private static boolean abandons(Theatre theatre, Cart cart) throws ApiException {
        try {
            theatre.shop().withCartToken(cart.getCartToken()).carts().abandonCart(cart.getCartId(), null);
            return true;
        } catch (ApiException refused) {
            assertThat(refused.getCode()).isEqualTo(409);
            return false;
        }
    }

    @Test
    void h3DoubleClickOnCheckoutMakesOneOrder() throws Exception {
        var theatre = first.anotherHall(0);
        for (int round = 0; round < Scale.of(50); round++) {
            var cart = theatre.hold(theatre.best("ga", 1));
            var request = Theatre.request(PaymentMethod.CARD);

            var outcomes = allAtOnce(IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(_ -> () -> {
                        try {
                            Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request);
                            return 200;
                        } catch (ApiException refused) {
                            return refused.getCode();
                        }
                    })
                    .toList());

            assertThat(outcomes).containsOnlyOnce(200).containsOnly(200, 409);
            assertThat(theatre.count("select count(*) from orders where cart_id = '" + cart.getCartId() + "'"))
                    .isOne();
        }
    }

    @Test
    void p8OneKeyOnTwoReplicasAtOnceBuysOnce() throws Exception {
        var theatre = first.anotherHall(0);
        for (int round = 0; round < Scale.of(50); round++) {
            var cart = theatre.hold(theatre.best("ga", 1));
            var key = UUID.randomUUID();
            var request = Theatre.request(PaymentMethod.PAY_LATER);

            var outcomes = allAtOnce(IntStream.range(0, 8)
                    .<Callable<Outcome>>mapToObj(n ->
                            () -> Theatre.checkOut((n % 2 == 0 ? theatre : replica).shop(), cart, key, request))
                    .toList());

            assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        }
    }

    private static <T> List<T> allAtOnce(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = threads.invokeAll(calls);
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
