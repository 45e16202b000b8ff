package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkout that had to wait for a lock is judged by the clock after the wait, not by the one before it. */
class LockWaitTests {

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select from cart where cart_id = :cart for update",
                "select from place where holder = :cart for update"
            })
    void p2CartWhoseTimeRanOutWhileCheckoutWaitedForALockIsNotSold(String lock) throws Exception {
        var cart = theatre.hold(theatre.best("a", 2));
        endIn(cart, 1.0);

        var blocked = CompletableFuture.runAsync(() -> holdLock(lock, cart, 2.0));
        awaitLock();
        var outcome = theatre.checkOut(cart, PaymentMethod.PAY_LATER);
        blocked.get(10, TimeUnit.SECONDS);

        assertThat(outcome).isInstanceOf(Outcome.Redirect.class);
        assertThat(theatre.count("select count(*) from orders where cart_id = '" + cart.getCartId() + "'"))
                .isZero();
        assertThat(theatre.hold(theatre.seats(
                                cart.getItems().getFirst().getSeat().getSeatId()))
                        .getItems())
                .hasSize(1);
    }

    private static void endIn(Cart cart, double seconds) {
        Awaited.of(theatre.db()
                .sql("""
                        with soon as (update cart set expires_at = clock_timestamp() + :seconds * interval '1 second'
                                       where cart_id = :cart returning cart_id, expires_at)
                        update place set held_until = soon.expires_at from soon where place.holder = soon.cart_id
                        """)
                .bind("seconds", seconds)
                .bind("cart", cart.getCartId())
                .then());
    }

    /** The database waits, with the lock held, until the cart's time has passed. */
    private static void holdLock(String lock, Cart cart, double seconds) {
        Awaited.of(theatre.db()
                .sql(lock)
                .bind("cart", cart.getCartId())
                .then()
                .then(theatre.db()
                        .sql("select pg_sleep(:seconds)")
                        .bind("seconds", seconds)
                        .then())
                .as(theatre.database().transaction()::transactional));
    }

    private static void awaitLock() throws Exception {
        PayPage.await(
                () -> theatre.count("select count(*) from pg_stat_activity where query like 'select pg_sleep%'"
                        + " and datname = current_database() and state = 'active'"),
                sleeping -> sleeping == 1);
    }
}
