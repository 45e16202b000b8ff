package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** What money that comes late still buys, and how near to the show anything waits for money. */
class LatePlacesTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final OrderProbe PROBE = new OrderProbe(DB);
    private static final Functions FUNCTIONS = new Functions(DB);

    private final UUID performance = Awaited.of(Hall.open(DB, 10, 8));

    @Test
    void p5MoneyThatComesAfterTheShowHasBegunGoesBackThoughTheSeatsAreFree() {
        var order = UnpaidOrder.of(DB, performance, "r1-1", "r1-2");
        runsOut(order);
        startsIn("-1 minute");

        assertThat(Awaited.of(PROBE.success(order, 10_000, "EUR"))).isEqualTo("REFUNDING");

        assertThat(PROBE.keptForGood(order)).isZero();
        assertThat(PROBE.refunds(order)).isEqualTo("10000 LATE_PAYMENT");
        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 10000 EUR ");
    }

    @Test
    void d3MoneyThatComesBetweenTheEndOfSalesAndTheStartStillBuysTheSeats() {
        var order = UnpaidOrder.of(DB, performance, "r1-1");
        runsOut(order);
        PROBE.run("update performance set starts_at = clock_timestamp() + interval '1 hour',"
                + " sales_end = clock_timestamp() - interval '1 minute' where performance_id = '" + performance + "'");

        assertThat(Awaited.of(PROBE.success(order, 5_000, "EUR"))).isEqualTo("CONFIRMED");
    }

    @Test
    void d1OrderThatIsHeldInTimeIsConfirmedThoughTheShowHasJustBegun() {
        var order = UnpaidOrder.of(DB, performance, "r1-1");
        startsIn("-1 minute");

        assertThat(Awaited.of(PROBE.success(order, 5_000, "EUR"))).isEqualTo("CONFIRMED");
    }

    @Test
    void p5MoneyForWhatAClerkHasLeftLyingGoesBackWhenEvenTheBoxOfficeHasClosed() {
        var order = UnpaidOrder.of(DB, performance, "r1-1");
        PROBE.run("update orders set state = 'AT_BOX_OFFICE' where " + OrderProbe.is(order));
        startsIn("-59 minutes");
        var soon = UnpaidOrder.of(DB, Awaited.of(Hall.open(DB, 10, 8)), "r1-1");
        PROBE.run("update orders set state = 'AT_BOX_OFFICE' where " + OrderProbe.is(soon));
        PROBE.run("update performance set starts_at = clock_timestamp() - interval '61 minutes',"
                + " sales_end = clock_timestamp() - interval '61 minutes' from order_item item"
                + " where item.performance_id = performance.performance_id and " + OrderProbe.is(soon));

        assertThat(Awaited.of(PROBE.success(order, 5_000, "EUR")))
                .as("the shop sells for an hour after the start")
                .isEqualTo("CONFIRMED");
        assertThat(Awaited.of(PROBE.success(soon, 5_000, "EUR"))).isEqualTo("REFUNDING");
    }

    @Test
    void d3LateMoneyForGeneralAdmissionTakesAnyFreePlaces() {
        var order = UnpaidOrder.standing(DB, performance, 3);
        runsOut(order);
        takenByOthers(2);

        assertThat(Awaited.of(PROBE.success(order, 15_000, "EUR"))).isEqualTo("CONFIRMED");

        assertThat(PROBE.keptForGood(order)).isEqualTo(3);
        assertThat(PROBE.count("select count(*) from order_item join place using (performance_id, place_no)"
                        + " where holder = order_id and category = 'ga' and " + OrderProbe.is(order)))
                .as("its items are where its places are")
                .isEqualTo(3);
        assertThat(PROBE.count("select count(*) from ticket join place using (performance_id, place_no)"
                        + " where holder = order_id and " + OrderProbe.is(order)))
                .isEqualTo(3);
        assertThat(PROBE.refunds(order)).isEqualTo("none");
    }

    @Test
    void d3AndP5LateMoneyForGeneralAdmissionGoesBackWhenNotAllPlacesCanBeHad() {
        var order = UnpaidOrder.standing(DB, performance, 3);
        runsOut(order);
        takenByOthers(6);

        assertThat(Awaited.of(PROBE.success(order, 15_000, "EUR"))).isEqualTo("REFUNDING");

        assertThat(PROBE.keptForGood(order)).isZero();
        assertThat(PROBE.refunds(order)).isEqualTo("15000 LATE_PAYMENT");
    }

    @Test
    void d3AndP1LateMoneyAndBuyersWhoWantTheLastPlacesShareThemOut() {
        for (int round = 0; round < Scale.of(100); round++) {
            var hall = Awaited.of(Hall.open(DB, 0, 8));
            var late = new ArrayList<UnpaidOrder>();
            for (int i = 0; i < 4; i++) {
                late.add(UnpaidOrder.standing(DB, hall, 2));
            }
            late.forEach(LatePlacesTests::runsOut);

            Awaited.last(Flux.fromIterable(late)
                    .flatMap(order -> PROBE.success(order, 10_000, "EUR"), 4)
                    .mergeWith(Flux.range(0, 3)
                            .flatMap(
                                    _ -> FUNCTIONS.call("create_cart", UnpaidOrder.cart(UUID.randomUUID(), hall, 1)), 3)
                            .map(Object::toString)));

            for (var order : late) {
                var confirmed = PROBE.state(order).equals("CONFIRMED");
                assertThat(PROBE.keptForGood(order)).isEqualTo(confirmed ? 2 : 0);
                assertThat(PROBE.refunds(order)).isEqualTo(confirmed ? "none" : "10000 LATE_PAYMENT");
                assertThat(PROBE.balance(order)).isEqualTo(confirmed ? 10_000 : 0);
            }
        }
    }

    @Test
    void directDebitIsNotOfferedWhenItIsNotSureAnHourBeforeTheShow() {
        var order = UnpaidOrder.of(DB, performance, "r1-1");
        startsIn("14 days 50 minutes");
        assertThat(offered()).doesNotContain("SEPA_DEBIT").contains("CARD", "PAYPAL");
        assertThat(pay(order, "SEPA_DEBIT"))
                .isEqualTo(new OrderResult.Refused(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE));

        startsIn("14 days 70 minutes");
        assertThat(offered()).contains("SEPA_DEBIT");
        assertThat(pay(order, "SEPA_DEBIT")).isInstanceOf(OrderResult.Started.class);
    }

    @Test
    void orderIsNotHeldForAPaymentInProcessingWhenItsShowHasBegun() {
        var order = UnpaidOrder.of(DB, performance, "r1-1");
        startsIn("5 hours");

        PROBE.settle(order, "PROCESSING");

        assertThat(PROBE.count("select count(*) from orders join order_item using (order_id) join performance using"
                        + " (performance_id) where held_until = starts_at and " + OrderProbe.is(order)))
                .isOne();
        assertThat(PROBE.count("select count(*) from place join performance using (performance_id)"
                        + " where held_until = starts_at and holder = '" + order.orderId() + "'"))
                .isOne();
    }

    @Test
    void nobodyIsGivenTimeToPayUntilAfterTheShowHasBegun() {
        PROBE.run("update shop set payment_seconds = 86400");
        var order = UnpaidOrder.of(DB, performance, "r1-1");
        startsIn("2 hours");

        assertThat(pay(order, "CARD")).isInstanceOf(OrderResult.Started.class);

        PROBE.run("update shop set payment_seconds = 1800");
        assertThat(PROBE.count(
                        "select count(*) from payment join orders using (order_id) where payment.state = 'CREATED' and"
                                + " expires_at <= clock_timestamp() + interval '2 hours' and " + OrderProbe.is(order)))
                .isOne();
    }

    private OrderResult pay(UnpaidOrder order, String method) {
        return Awaited.of(PROBE.orders().execute(OrderCommands.startPayment(order, UUID.randomUUID(), method)));
    }

    private String offered() {
        return PROBE.text("select offered_methods(shop, starts_at - interval '1 hour')::text from shop, performance"
                + " where performance_id = '" + performance + "'");
    }

    private void startsIn(String interval) {
        PROBE.run("""
                update performance
                   set starts_at = clock_timestamp() + interval '%1$s', sales_end = clock_timestamp() + interval '%1$s'
                 where performance_id = '%2$s'
                """.formatted(interval, performance));
    }

    /** The first places, which the order had. */
    private void takenByOthers(int places) {
        Awaited.of(FUNCTIONS.call("create_cart", UnpaidOrder.cart(UUID.randomUUID(), performance, places)));
    }

    private static void runsOut(UnpaidOrder order) {
        PROBE.run("update orders set held_until = clock_timestamp() where " + OrderProbe.is(order));
        PROBE.run("update place set held_until = clock_timestamp() where holder = '" + order.orderId() + "'");
    }
}
