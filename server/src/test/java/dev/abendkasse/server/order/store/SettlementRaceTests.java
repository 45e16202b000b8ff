package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.checkout.store.CheckoutStore;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Money, deadlines and buyers that come at the same instant. */
class SettlementRaceTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final OrderProbe PROBE = new OrderProbe(DB);
    private static final OrderStore ORDERS = PROBE.orders();
    private static final Functions FUNCTIONS = new Functions(DB);
    private static final String[] SEATS = {"r1-1", "r1-2", "r1-3"};

    @AfterEach
    void noConfirmedOrderIsWithoutItsPlaces() {
        assertThat(PROBE.count("""
                select count(*) from orders join order_item using (order_id) join place using (performance_id, place_no)
                 where orders.state = 'CONFIRMED'
                   and (holder is distinct from orders.order_id or place.held_until <> 'infinity')
                """)).isZero();
    }

    @Test
    void d3SuccessAgainstExpiryAndAnotherBuyerHasOneEnd() {
        for (int round = 0; round < Scale.of(500); round++) {
            var performance = Awaited.of(Hall.open(DB, 10, 0));
            var order = UnpaidOrder.of(DB, performance, SEATS);
            var cart = UUID.randomUUID();
            endsIn(order, round % 6);

            Awaited.last(Flux.merge(
                    success(order),
                    PROBE.expire(10),
                    buy(cart, performance, "r1-2"),
                    buy(UUID.randomUUID(), performance, "r1-3", "r1-2"),
                    PROBE.expire(10)));
            endsIn(order, 0);
            Awaited.of(PROBE.expire(10));

            var confirmed = PROBE.state(order).equals("CONFIRMED");
            assertThat(PROBE.state(order)).isIn("CONFIRMED", "EXPIRED");
            assertThat(PROBE.places(order, "held_until = 'infinity'")).isEqualTo(confirmed ? 3 : 0);
            assertThat(cases(order)).isEqualTo(confirmed ? 0 : 1);
            assertThat(PROBE.refunds(order)).isEqualTo(confirmed ? "none" : "15000 LATE_PAYMENT");
            assertThat(PROBE.balance(order)).isEqualTo(confirmed ? 15_000 : 0);
        }
    }

    @Test
    void successAgainstCancellationAndReleaseHasOneEnd() {
        for (int round = 0; round < Scale.of(300); round++) {
            var order = UnpaidOrder.of(DB, Awaited.of(Hall.open(DB, 10, 0)), SEATS);
            var cart = UUID.randomUUID();

            Awaited.last(Flux.merge(
                    success(order),
                    ORDERS.execute(OrderCommands.cancel(order)),
                    ORDERS.execute(OrderCommands.release(order, cart))));

            var confirmed = PROBE.state(order).equals("CONFIRMED");
            assertThat(PROBE.places(order, "held_until = 'infinity'")).isEqualTo(confirmed ? 3 : 0);
            assertThat(PROBE.places(order, "holder is not null")).isEqualTo(confirmed ? 3 : 0);
            assertThat(cases(order)).isEqualTo(confirmed ? 0 : 1);
            assertThat(PROBE.refunds(order)).isEqualTo(confirmed ? "none" : "15000 LATE_PAYMENT");
            assertThat(PROBE.balance(order)).isEqualTo(confirmed ? 15_000 : 0);
            assertThat(PROBE.count("select count(*) from place where holder = '" + cart + "'"))
                    .isIn(0L, confirmed ? 0L : 3L);
        }
    }

    @Test
    void sweepersThatNeedTheSameAccountsDoNotStopEachOther() {
        for (int round = 0; round < Scale.of(300); round++) {
            var performance = Awaited.of(Hall.open(DB, 10, 0));
            var one = customer();
            var other = customer();
            var customers = new UUID[] {one, other, other, one, one, other, other, one};
            for (int i = 0; i < customers.length; i++) {
                endsIn(UnpaidOrder.reserved(DB, performance, customers[i], "r1-" + (i + 1)), 0);
            }

            Awaited.of(Flux.merge(PROBE.expire(2), PROBE.expire(2), PROBE.expire(2), PROBE.expire(2))
                    .then(PROBE.expire(10)));

            assertThat(PROBE.count("select sum(exposure)::bigint from credit_account where customer_id in ('" + one
                            + "', '" + other + "')"))
                    .isZero();
        }
    }

    @Test
    void lateSuccessAndNewCheckoutOfTheSameSeatsByTheSameCustomerDoNotStopEachOther() {
        for (int round = 0; round < Scale.of(300); round++) {
            var performance = Awaited.of(Hall.open(DB, 10, 0));
            var customer = customer();
            var late = UnpaidOrder.reserved(DB, performance, customer, SEATS);
            Awaited.of(ORDERS.execute(OrderCommands.startPayment(late, late.paymentId())));
            endsIn(late, 0);
            var cart = UUID.randomUUID();
            Awaited.of(FUNCTIONS.call("create_cart", UnpaidOrder.cart(cart, performance, SEATS)));
            PROBE.run("update place set held_until = clock_timestamp() where holder = '" + cart + "'");
            var ask = new CheckoutStore.Ask(
                    cart,
                    UnpaidOrder.TOKEN_HASH,
                    1,
                    customer,
                    "bb",
                    new Idempotency("checkout", UUID.randomUUID(), "00"));

            Awaited.last(Flux.merge(success(late), FUNCTIONS.call("checkout_facts", ask)));

            assertThat(PROBE.state(late)).isEqualTo("CONFIRMED");
        }
    }

    private static Mono<String> success(UnpaidOrder order) {
        return PROBE.success(order, 15_000, "EUR");
    }

    private static Mono<?> buy(UUID cart, UUID performance, String... seats) {
        return FUNCTIONS.call("create_cart", UnpaidOrder.cart(cart, performance, seats));
    }

    private static UUID customer() {
        return Awaited.of(DB.sql("""
                with buyer as (
                    insert into customer (name, password_hash) values ('Example Buyer', 'none') returning customer_id)
                insert into credit_account (customer_id) select customer_id from buyer returning customer_id
                """).mapValue(UUID.class).one());
    }

    /** Moves the order's deadline to so many milliseconds from now, if it still has one. */
    private static void endsIn(UnpaidOrder order, int millis) {
        PROBE.run("""
                with due as (
                    update orders set held_until = clock_timestamp() + interval '%d ms'
                     where order_id = '%s' and held_until is not null
                    returning order_id, held_until)
                update place set held_until = due.held_until from due where holder = order_id
                """.formatted(millis, order.orderId()));
    }

    private static long cases(UnpaidOrder order) {
        return PROBE.count(
                "select count(*) from case_file where kind = 'LATE_PAYMENT' and order_id = '" + order.orderId() + "'");
    }
}
