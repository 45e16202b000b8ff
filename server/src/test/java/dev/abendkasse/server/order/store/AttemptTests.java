package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Attempts to pay: starting and opening them, and how long they keep their order. */
class AttemptTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final OrderStore ORDERS = OrderTables.orders(DB);
    private static final AttemptStore ATTEMPTS = OrderTables.attempts(DB);

    private UUID performance;
    private UnpaidOrder order;

    @BeforeEach
    void makeAnOrder() {
        performance = Hall.open(DB, 10, 0).block();
        order = UnpaidOrder.of(DB, performance, "r1-1", "r1-2");
    }

    @Test
    void openedAttemptAsksTheBuyerToAct() {
        opened(order);

        assertThat(attemptState()).isEqualTo("ACTION_REQUIRED");
        assertThat(reference()).isEqualTo("ref-1");
    }

    @Test
    void successThatIsFasterThanOurNoteOfTheOpeningStays() {
        settle("SUCCEEDED");

        opened(order);

        assertThat(attemptState()).isEqualTo("SUCCEEDED");
        assertThat(reference()).as("without it nobody can pay it back").isEqualTo("ref-1");
        assertThat(cancelIsDue()).isFalse();
    }

    @Test
    void openingThatFinishesAfterTheCancelKeepsTheReferenceAndIsCancelledUnderIt() {
        cancel();
        assertThat(cancelIsDue()).as("the opening may be on its way").isFalse();

        opened(order);

        assertThat(attemptState()).isEqualTo("CANCELLED");
        assertThat(reference()).isEqualTo("ref-1");
        assertThat(cancelIsDue()).isTrue();
    }

    @Test
    void furtherAttemptEndsTheOneBefore() {
        opened(order);

        var second = startedPayment();

        assertThat(attemptState()).isEqualTo("CANCELLED");
        assertThat(cancelIsDue()).isTrue();
        assertThat(count("select count(*) from payment where state = 'CREATED' and payment_id = '" + second.paymentId()
                        + "'"))
                .isOne();
    }

    @Test
    void manyAttemptsAtOnceLeaveOneThatIsOpen() {
        var started = Flux.range(0, 20)
                .flatMap(_ -> ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID())), 20)
                .collectList()
                .block();

        assertThat(started).hasSize(20).hasOnlyElementsOfType(OrderResult.Started.class);
        assertThat(count("select count(*) from payment where state = 'CREATED' and " + orderIs()))
                .isOne();
    }

    @Test
    void orderWhosePaymentIsBeingProcessedCannotBeGivenUp() {
        settle("PROCESSING");
        var refused = new OrderResult.Refused(ProblemType.PAYMENT_IN_PROGRESS);

        assertThat(ORDERS.execute(OrderCommands.cancel(order)).block()).isEqualTo(refused);
        assertThat(ORDERS.execute(OrderCommands.release(order, UUID.randomUUID()))
                        .block())
                .isEqualTo(refused);
        assertThat(ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID()))
                        .block())
                .isEqualTo(refused);
    }

    @Test
    void attemptIsNotStartedForAnOrderThatHasJustLostAPlace() {
        run("update place set held_until = clock_timestamp() where seat_id = 'r1-2' and holder = '" + order.orderId()
                + "'");

        assertThat(ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID()))
                        .block())
                .isEqualTo(new OrderResult.Refused(ProblemType.ORDER_STATE_CONFLICT));
        assertThat(attemptState()).isEqualTo("CREATED");
    }

    @Test
    void attemptIsNotStartedWhenItWouldHaveEndedAlready() {
        run("update orders set created_at = created_at - interval '2 hours',"
                + " held_until = clock_timestamp() + interval '1 minute' where " + orderIs());

        assertThat(ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID()))
                        .block())
                .isEqualTo(new OrderResult.Refused(ProblemType.ORDER_STATE_CONFLICT));
    }

    @Test
    void processingToldAgainDoesNotHoldLonger() {
        settle("PROCESSING");
        var held = heldUntil();

        settle("PROCESSING");

        assertThat(heldUntil()).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "CANCELLED"})
    void d19ReservationHasItsDeadlineAgainWhenTheProcessingCameToNothing(String event) {
        order = UnpaidOrder.reserved(DB, performance, null, "r1-3");
        run("update orders set held_until = clock_timestamp() + interval '3 hours' where " + orderIs());
        var before = heldUntil();
        order = startedPayment();
        settle("PROCESSING");
        assertThat(heldUntil()).isNotEqualTo(before);

        settle(event);

        assertThat(heldUntil()).isEqualTo(before);
        assertThat(count("select count(*) from place where held_until = (select held_until from orders where "
                        + orderIs() + ") and holder = '" + order.orderId() + "'"))
                .isOne();
    }

    @Test
    void d19ReviewKeepsItsDeadlineWhenTheProcessingCameToNothing() {
        settle("PROCESSING");
        run("update orders set state = 'UNDER_REVIEW', held_until = clock_timestamp() + interval '3 days' where "
                + orderIs());
        var before = heldUntil();

        settle("FAILED");

        assertThat(heldUntil()).isEqualTo(before);
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

    private static void opened(UnpaidOrder order) {
        ATTEMPTS.opened(OrderCommands.opened(order)).block();
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

    private String heldUntil() {
        return text("select held_until::text from orders where " + orderIs());
    }

    private String reference() {
        return text("select provider_reference from payment where " + attempt());
    }

    private boolean cancelIsDue() {
        return count("select count(*) from outbox_message where kind = 'PAYMENT_CANCEL' and state = 'WAITING'"
                        + " and due_at <= clock_timestamp() and key = '" + order.paymentId() + "'")
                == 1;
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
