package dev.abendkasse.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.store.AttemptStore;
import dev.abendkasse.server.order.store.OrderCommands;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.order.store.OrderTables;
import dev.abendkasse.server.payment.store.PaymentTables;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PaymentCancellerTests {

    private final DatabaseClient db = TestDatabase.fresh().client();
    private final OrderStore orders = OrderTables.orders(db);
    private final AttemptStore attempts = OrderTables.attempts(db);
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @Test
    void providerIsToldOnceAlthoughReplicasRace() {
        for (var i = 0; i < 5; i++) {
            cancelled();
        }

        Flux.range(0, 10)
                .flatMap(_ -> canceller(Mono.empty()).cancelDue(), 10)
                .then()
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(asked).hasSize(5);
        assertThat(stillDue()).isZero();
    }

    @Test
    void providerThatCannotBeReachedIsAskedAgainLater() {
        var payment = cancelled();
        var unreachable = Mono.<Void>error(new ProviderUnavailable("down", null));

        canceller(unreachable)
                .cancelDue()
                .then(canceller(unreachable).cancelDue())
                .as(StepVerifier::create)
                .verifyComplete();
        assertThat(asked).as("not before its time has come").hasSize(1);

        letTimePass();
        canceller(Mono.empty()).cancelDue().as(StepVerifier::create).verifyComplete();
        assertThat(asked).containsExactly(payment.value() + " ref-1", payment.value() + " ref-1");
        assertThat(stillDue()).isZero();
    }

    @Test
    void crashBetweenClaimAndAnswerLosesNothing() {
        cancelled();

        StepVerifier.create(canceller(Mono.never()).cancelDue())
                .thenAwait(Duration.ofMillis(200))
                .thenCancel()
                .verify();
        assertThat(stillDue()).isOne();

        letTimePass();
        canceller(Mono.empty()).cancelDue().as(StepVerifier::create).verifyComplete();
        assertThat(stillDue()).isZero();
    }

    @Test
    void paidMeanwhileEndsTheAsking() {
        cancelled();

        canceller(Mono.error(new ProviderRefused(409)))
                .cancelDue()
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(stillDue()).isZero();
    }

    @Test
    void otherRefusalIsAskedAgain() {
        cancelled();

        canceller(Mono.error(new ProviderRefused(401)))
                .cancelDue()
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(stillDue()).isOne();
    }

    @Test
    void openingThatFinishesAfterTheCancelIsCancelledToo() {
        var order = UnpaidOrder.in(db);
        cancel(order);
        letTimePass();

        canceller(Mono.empty())
                .cancelDue()
                .then(Mono.defer(() -> opened(order)))
                .then(Mono.defer(() -> canceller(Mono.empty()).cancelDue()))
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(asked).containsExactly(order.paymentId() + " null", order.paymentId() + " ref-1");
        assertThat(stillDue()).isZero();
    }

    @Test
    void openingThatFinishesDuringTheCancelIsCancelledToo() {
        var order = UnpaidOrder.in(db);
        cancel(order);
        letTimePass();

        canceller(opened(order)).cancelDue().as(StepVerifier::create).verifyComplete();
        assertThat(stillDue()).isOne();

        canceller(Mono.empty()).cancelDue().as(StepVerifier::create).verifyComplete();
        assertThat(asked).containsExactly(order.paymentId() + " null", order.paymentId() + " ref-1");
        assertThat(stillDue()).isZero();
    }

    @Test
    void d6AttemptIsCancelledAtTheEndThatItsBuyerSees() {
        var order = UnpaidOrder.in(db);
        opened(order).block();

        canceller(Mono.empty()).cancelDue().as(StepVerifier::create).verifyComplete();
        assertThat(asked).as("not before").isEmpty();

        letTimePass();
        canceller(Mono.empty()).cancelDue().as(StepVerifier::create).verifyComplete();
        assertThat(asked).containsExactly(order.paymentId() + " ref-1");
    }

    @Test
    void d6SuccessThatWasFasterThanTheCancelAtTheEndStillCounts() {
        var order = UnpaidOrder.in(db);
        opened(order).block();
        letTimePass();

        canceller(Mono.error(new ProviderRefused(409)))
                .cancelDue()
                .then(Mono.defer(() -> settle(order, "SUCCEEDED")))
                .as(StepVerifier::create)
                .expectNext("CONFIRMED")
                .verifyComplete();
        assertThat(stillDue()).isZero();
    }

    @Test
    void attemptThatTheProviderIsWorkingOnIsNotCancelled() {
        var order = UnpaidOrder.in(db);
        opened(order).then(settle(order, "PROCESSING")).block();
        letTimePass();

        canceller(Mono.empty()).cancelDue().as(StepVerifier::create).verifyComplete();

        assertThat(asked).isEmpty();
    }

    private PaymentId cancelled() {
        var order = UnpaidOrder.in(db);
        opened(order).block();
        cancel(order);
        return new PaymentId(order.paymentId());
    }

    private Mono<Void> opened(UnpaidOrder order) {
        return attempts.opened(OrderCommands.opened(order)).then();
    }

    private void cancel(UnpaidOrder order) {
        orders.execute(OrderCommands.cancel(order)).block();
    }

    private Mono<String> settle(UnpaidOrder order, String kind) {
        return orders.settle(OrderCommands.settlement(order, kind, 5000, "EUR"));
    }

    private PaymentCanceller canceller(Mono<Void> answer) {
        return new PaymentCanceller(PaymentTables.cancels(db), new AskedProvider(answer), properties());
    }

    private static PaymentProperties properties() {
        return new PaymentProperties(
                "sandbox",
                URI.create("http://localhost:1"),
                null,
                List.of("whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    private Long stillDue() {
        return db.sql("select count(*) from payment where cancel_due_at is not null")
                .mapValue(Long.class)
                .one()
                .block();
    }

    private void letTimePass() {
        db.sql("update payment set cancel_due_at = cancel_due_at - interval '1 day' where cancel_due_at is not null")
                .then()
                .block();
    }

    /** Notes what it is asked and gives one answer. */
    private final class AskedProvider implements PaymentProvider {

        private final Mono<Void> answer;

        AskedProvider(Mono<Void> answer) {
            this.answer = answer;
        }

        @Override
        public Mono<ProviderSession> open(OpenPayment payment) {
            return Mono.never();
        }

        @Override
        public Mono<Void> cancel(PaymentId payment, @Nullable String reference) {
            return Mono.fromRunnable(() -> asked.add(payment.value() + " " + reference))
                    .then(answer);
        }
    }
}
