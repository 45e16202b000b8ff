package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.Awaited;
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
    private static final OrderProbe PROBE = new OrderProbe(DB);
    private static final OrderStore ORDERS = PROBE.orders();

    private UUID performance;
    private UnpaidOrder order;

    @BeforeEach
    void makeAnOrder() {
        performance = Awaited.of(Hall.open(DB, 10, 0));
        order = UnpaidOrder.of(DB, performance, "r1-1", "r1-2");
    }

    @Test
    void openedAttemptAsksTheBuyerToAct() {
        PROBE.open(order);

        assertThat(PROBE.attemptState(order)).isEqualTo("ACTION_REQUIRED");
        assertThat(reference()).isEqualTo("ref-1");
    }

    @Test
    void successThatIsFasterThanOurNoteOfTheOpeningStays() {
        PROBE.settle(order, "SUCCEEDED");

        PROBE.open(order);

        assertThat(PROBE.attemptState(order)).isEqualTo("SUCCEEDED");
        assertThat(reference()).as("without it nobody can pay it back").isEqualTo("ref-1");
        assertThat(cancelIsDue()).isFalse();
    }

    @Test
    void openingThatFinishesAfterTheCancelKeepsTheReferenceAndIsCancelledUnderIt() {
        PROBE.cancel(order);
        assertThat(cancelIsDue()).as("the opening may be on its way").isFalse();

        PROBE.open(order);

        assertThat(PROBE.attemptState(order)).isEqualTo("CANCELLED");
        assertThat(reference()).isEqualTo("ref-1");
        assertThat(cancelIsDue()).isTrue();
    }

    @Test
    void furtherAttemptEndsTheOneBefore() {
        PROBE.open(order);

        var second = PROBE.payAgain(order);

        assertThat(PROBE.attemptState(order)).isEqualTo("CANCELLED");
        assertThat(cancelIsDue()).isTrue();
        assertThat(PROBE.count("select count(*) from payment where state = 'CREATED' and payment_id = '"
                        + second.paymentId() + "'"))
                .isOne();
    }

    @Test
    void manyAttemptsAtOnceLeaveOneThatIsOpen() {
        var started = Awaited.of(Flux.range(0, 20)
                .flatMap(_ -> ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID())), 20)
                .collectList());

        assertThat(started).hasSize(20).hasOnlyElementsOfType(OrderResult.Started.class);
        assertThat(PROBE.count("select count(*) from payment where state = 'CREATED' and " + OrderProbe.is(order)))
                .isOne();
    }

    @Test
    void orderWhosePaymentIsBeingProcessedCannotBeGivenUp() {
        PROBE.settle(order, "PROCESSING");
        var refused = new OrderResult.Refused(ProblemType.PAYMENT_IN_PROGRESS);

        assertThat(Awaited.of(ORDERS.execute(OrderCommands.cancel(order)))).isEqualTo(refused);
        assertThat(Awaited.of(ORDERS.execute(OrderCommands.release(order, UUID.randomUUID()))))
                .isEqualTo(refused);
        assertThat(Awaited.of(ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID()))))
                .isEqualTo(refused);
    }

    @Test
    void attemptIsNotStartedForAnOrderThatHasJustLostAPlace() {
        PROBE.run("update place set held_until = clock_timestamp() where seat_id = 'r1-2' and holder = '"
                + order.orderId() + "'");

        assertThat(Awaited.of(ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID()))))
                .isEqualTo(new OrderResult.Refused(ProblemType.ORDER_STATE_CONFLICT));
        assertThat(PROBE.attemptState(order)).isEqualTo("CREATED");
    }

    @Test
    void attemptIsNotStartedWhenItWouldHaveEndedAlready() {
        PROBE.run("update orders set created_at = created_at - interval '2 hours',"
                + " held_until = clock_timestamp() + interval '1 minute' where " + OrderProbe.is(order));

        assertThat(Awaited.of(ORDERS.execute(OrderCommands.startPayment(order, UUID.randomUUID()))))
                .isEqualTo(new OrderResult.Refused(ProblemType.ORDER_STATE_CONFLICT));
    }

    @Test
    void processingToldAgainDoesNotHoldLonger() {
        PROBE.settle(order, "PROCESSING");
        var held = heldUntil();

        PROBE.settle(order, "PROCESSING");

        assertThat(heldUntil()).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "CANCELLED"})
    void d19ReservationHasItsDeadlineAgainWhenTheProcessingCameToNothing(String event) {
        order = UnpaidOrder.reserved(DB, performance, null, "r1-3");
        PROBE.run(
                "update orders set held_until = clock_timestamp() + interval '3 hours' where " + OrderProbe.is(order));
        var before = heldUntil();
        order = PROBE.payAgain(order);
        PROBE.settle(order, "PROCESSING");
        assertThat(heldUntil()).isNotEqualTo(before);

        PROBE.settle(order, event);

        assertThat(heldUntil()).isEqualTo(before);
        assertThat(PROBE.count("select count(*) from place where held_until = (select held_until from orders where "
                        + OrderProbe.is(order) + ") and holder = '" + order.orderId() + "'"))
                .isOne();
    }

    @Test
    void d19ReviewKeepsItsDeadlineWhenTheProcessingCameToNothing() {
        PROBE.settle(order, "PROCESSING");
        PROBE.run("update orders set state = 'UNDER_REVIEW', held_until = clock_timestamp() + interval '3 days' where "
                + OrderProbe.is(order));
        var before = heldUntil();

        PROBE.settle(order, "FAILED");

        assertThat(heldUntil()).isEqualTo(before);
    }

    private String heldUntil() {
        return PROBE.text("select held_until::text from orders where " + OrderProbe.is(order));
    }

    private String reference() {
        return PROBE.text("select provider_reference from payment where " + OrderProbe.isAttemptOf(order));
    }

    private boolean cancelIsDue() {
        return PROBE.count("select count(*) from outbox_message where kind = 'PAYMENT_CANCEL' and state = 'WAITING'"
                        + " and due_at <= clock_timestamp() and key = '" + order.paymentId() + "'")
                == 1;
    }
}
