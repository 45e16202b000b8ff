package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What becomes of an order when money comes, or does not, at whatever time. */
class SettlementTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final OrderStore ORDERS = OrderTables.orders(DB);

    private UUID performance;
    private UnpaidOrder order;

    @BeforeEach
    void makeAnOrder() {
        performance = Hall.open(DB, 10, 0).block();
        order = UnpaidOrder.of(DB, performance, "r1-1", "r1-2");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, PROCESSING, PROCESSING, PROCESSING",
        "CREATED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "CREATED, FAILED, FAILED, FAILED",
        "CREATED, CANCELLED, CANCELLED, CANCELLED",
        "ACTION_REQUIRED, PROCESSING, PROCESSING, PROCESSING",
        "ACTION_REQUIRED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "ACTION_REQUIRED, FAILED, FAILED, FAILED",
        "ACTION_REQUIRED, CANCELLED, CANCELLED, CANCELLED",
        "PROCESSING, PROCESSING, ALREADY, PROCESSING",
        "PROCESSING, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "PROCESSING, FAILED, FAILED, FAILED",
        "PROCESSING, CANCELLED, CANCELLED, CANCELLED",
        "SUCCEEDED, PROCESSING, ALREADY, SUCCEEDED",
        "SUCCEEDED, SUCCEEDED, ALREADY, SUCCEEDED",
        "SUCCEEDED, FAILED, ALREADY, SUCCEEDED",
        "SUCCEEDED, CANCELLED, ALREADY, SUCCEEDED",
        "FAILED, PROCESSING, ALREADY, FAILED",
        "FAILED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "FAILED, FAILED, ALREADY, FAILED",
        "FAILED, CANCELLED, ALREADY, FAILED",
        "CANCELLED, PROCESSING, ALREADY, CANCELLED",
        "CANCELLED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "CANCELLED, FAILED, ALREADY, CANCELLED",
        "CANCELLED, CANCELLED, ALREADY, CANCELLED"
    })
    void eventCountsOnlyWhereItLeadsForward(String from, String event, String settled, String after) {
        run("update payment set state = '" + from + "' where " + attempt());

        assertThat(settle(event)).isEqualTo(settled);

        assertThat(attemptState()).isEqualTo(after);
        assertThat(orderState()).isEqualTo(settled.equals("CONFIRMED") ? "CONFIRMED" : "AWAITING_PAYMENT");
    }

    @Test
    void eventOfAnUnknownPaymentChangesNothing() {
        var unknown = new UnpaidOrder(order.orderId(), UUID.randomUUID(), order.checkout());

        assertThat(success(unknown, 10_000, "EUR").block()).isEqualTo("UNKNOWN");
        assertThat(orderState()).isEqualTo("AWAITING_PAYMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTION_REQUIRED", "FAILED", "CANCELLED"})
    void successCountsOnceHoweverOftenItComesAtOnce(String from) {
        run("update payment set state = '" + from + "' where " + attempt());

        var settled = Flux.range(0, 20)
                .flatMap(_ -> success(order, 10_000, "EUR"), 20)
                .collectList()
                .block();

        assertThat(settled).hasSize(20).containsOnlyOnce("CONFIRMED").contains("ALREADY");
        assertThat(settled).filteredOn("ALREADY"::equals).hasSize(19);
        assertThat(count("select count(*) from orders where version = 2 and payment_status = 'PAID' and " + orderIs()))
                .isOne();
        assertThat(keptForGood()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"9999, EUR", "10000, USD", "0, EUR"})
    void moneyThatIsNotTheTotalConfirmsNothingAndGoesToPeople(long amount, String currency) {
        assertThat(success(order, amount, currency).block()).isEqualTo("CASE");

        assertThat(orderState()).isEqualTo("AWAITING_PAYMENT");
        assertThat(keptForGood()).isZero();
        assertThat(lateMoney()).isEqualTo("OPEN " + amount + " " + currency + " ");
    }

    @Test
    void moneyAboveTheTotalConfirmsAndTheRestGoesToPeople() {
        assertThat(success(order, 10_001, "EUR").block()).isEqualTo("CONFIRMED");

        assertThat(keptForGood()).isEqualTo(2);
        assertThat(lateMoney()).isEqualTo("OPEN 1 EUR ");
    }

    @Test
    void d7SuccessAfterTheOrderWasCancelledGoesToPeople() {
        cancel();

        assertThat(settle("SUCCEEDED")).isEqualTo("CASE");

        assertThat(orderState()).isEqualTo("CANCELLED");
        assertThat(count("select count(*) from place where holder = '" + order.orderId() + "'"))
                .isZero();
        assertThat(lateMoney()).isEqualTo("OPEN 10000 EUR ");
    }

    @Test
    void secondPaymentOfAnOrderGoesToPeopleAndNothingElse() {
        var second = startedPayment();
        settle("SUCCEEDED");

        assertThat(success(second, 10_000, "EUR").block()).isEqualTo("CASE");

        assertThat(orderState()).isEqualTo("CONFIRMED");
        assertThat(lateMoney()).isEqualTo("OPEN 10000 EUR ");
    }

    @Test
    void moneyThatComesAgainIsAddedToTheCaseOfItsOrder() {
        var second = startedPayment();
        cancel();
        settle("SUCCEEDED");

        success(second, 4_000, "EUR").block();

        assertThat(lateMoney()).isEqualTo("OPEN 14000 EUR ");
    }

    @Test
    void moneyThatComesAfterPeopleWereDoneOpensTheCaseAgain() {
        var second = startedPayment();
        cancel();
        settle("SUCCEEDED");
        run("update case_file set state = 'SETTLED', ended_at = clock_timestamp() where " + orderIs());

        success(second, 4_000, "USD").block();

        assertThat(lateMoney()).isEqualTo("OPEN 4000 USD 10000 EUR (SETTLED)");
    }

    private void cancel() {
        assertThat(ORDERS.execute(OrderCommands.cancel(order)).block()).isInstanceOf(OrderResult.Changed.class);
    }

    private UnpaidOrder startedPayment() {
        var payment = UUID.randomUUID();
        assertThat(ORDERS.execute(OrderCommands.startPayment(order, payment)).block())
                .isInstanceOf(OrderResult.Started.class);
        return new UnpaidOrder(order.orderId(), payment, order.checkout());
    }

    private String settle(String kind) {
        return ORDERS.settlePayment(OrderCommands.settlement(order, kind, 10_000, "EUR"))
                .block();
    }

    private static Mono<String> success(UnpaidOrder order, long amount, String currency) {
        return ORDERS.settlePayment(OrderCommands.settlement(order, "SUCCEEDED", amount, currency));
    }

    private String attempt() {
        return "payment_id = '" + order.paymentId() + "'";
    }

    private String orderIs() {
        return "order_id = '" + order.orderId() + "'";
    }

    private String attemptState() {
        return text("select state from payment where " + attempt());
    }

    private String orderState() {
        return text("select state from orders where " + orderIs());
    }

    private String lateMoney() {
        return text("select concat_ws(' ', state, amount, currency, note) from case_file where kind = 'LATE_PAYMENT'"
                + " and " + orderIs());
    }

    private long keptForGood() {
        return count("select count(*) from place where held_until = 'infinity' and holder = '" + order.orderId() + "'");
    }

    private static void run(String sql) {
        DB.sql(sql).then().block();
    }

    private static String text(String sql) {
        return DB.sql(sql).mapValue(String.class).one().block();
    }

    private static long count(String sql) {
        return DB.sql(sql).mapValue(Long.class).one().block();
    }
}
