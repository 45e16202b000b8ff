package dev.abendkasse.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.store.AttemptStore;
import dev.abendkasse.server.order.store.OrderCommands;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.order.store.OrderTables;
import dev.abendkasse.server.outbox.OutboxFixture;
import dev.abendkasse.server.payment.store.PaymentTables;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class CancelHandlerTests {

    private static final Mono<ProviderStanding> SUCCEEDED =
            Mono.just(new ProviderStanding(PaymentFact.Kind.SUCCEEDED, Money.of(5000, "EUR"), "ref-1"));

    private volatile Mono<ProviderStanding> standing = SUCCEEDED;
    private final DatabaseClient db = TestDatabase.fresh().client();
    private final OrderStore orders = OrderTables.orders(db);
    private final AttemptStore attempts = OrderTables.attempts(db);
    private final OutboxFixture outbox = new OutboxFixture(db);
    private final List<PaymentFact> told = new CopyOnWriteArrayList<>();
    private final NotificationFixture notifications =
            new NotificationFixture(db, this::hear, "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0");
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @Test
    void providerIsToldOnceAlthoughReplicasRace() {
        for (var i = 0; i < 5; i++) {
            cancelled();
        }

        Flux.range(0, 10)
                .flatMap(_ -> send(Mono.empty()), 10)
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

        send(unreachable).then(send(unreachable)).as(StepVerifier::create).verifyComplete();
        assertThat(asked).as("not before its time has come").hasSize(1);

        outbox.letTimePass();
        send(Mono.empty()).as(StepVerifier::create).verifyComplete();
        assertThat(asked).containsExactly(payment.value() + " ref-1", payment.value() + " ref-1");
        assertThat(stillDue()).isZero();
    }

    @Test
    void providerThatIsLeftAloneIsAskedLaterAndThatIsNoTry() {
        cancelled();

        send(Mono.error(new ProviderNotAsked(new IllegalStateException("open"), Duration.ofMinutes(1))))
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(stillDue()).isOne();
        assertThat(tries()).isZero();
        outbox.letTimePass();
        send(Mono.empty()).as(StepVerifier::create).verifyComplete();
        assertThat(stillDue()).isZero();
    }

    @Test
    void crashBetweenClaimAndAnswerLosesNothing() {
        cancelled();

        StepVerifier.create(send(Mono.never()))
                .thenAwait(Duration.ofMillis(200))
                .thenCancel()
                .verify();
        assertThat(stillDue()).isOne();

        outbox.letTimePass();
        send(Mono.empty()).as(StepVerifier::create).verifyComplete();
        assertThat(stillDue()).isZero();
    }

    @Test
    void paidMeanwhileEndsTheAsking() {
        cancelled();

        send(Mono.error(new ProviderRefused(409))).as(StepVerifier::create).verifyComplete();

        assertThat(stillDue()).isZero();
        assertThat(told).singleElement().satisfies(fact -> {
            assertThat(fact.kind()).isEqualTo(PaymentFact.Kind.SUCCEEDED);
            assertThat(fact.amount()).isEqualTo(Money.of(5000, "EUR"));
        });
    }

    @Test
    void providerThatSaysTooLateAndNotWhyIsAskedAgain() {
        standing = Mono.empty();
        cancelled();

        send(Mono.error(new ProviderRefused(409))).as(StepVerifier::create).verifyComplete();

        assertThat(told).isEmpty();
        assertThat(stillDue()).isOne();
    }

    @Test
    void paymentThatTheProviderIsWorkingOnIsAskedForUntilItHasEnded() {
        standing = Mono.just(new ProviderStanding(PaymentFact.Kind.PROCESSING, Money.of(5000, "EUR"), "ref-1"));
        var payment = cancelled();
        Awaited.of(send(Mono.error(new ProviderRefused(409))));
        assertThat(stillDue()).isZero();
        assertThat(outbox.waiting("PAYMENT_CHECK")).isOne();

        var provider = new AskedProvider(Mono.empty());
        var inquiry = new PaymentInquiry(provider, notifications.service(), notifications.properties());
        var check = new CheckHandler(PaymentTables.payments(db), inquiry);
        outbox.letTimePass();
        Awaited.of(outbox.send(check));
        assertThat(outbox.waiting("PAYMENT_CHECK")).as("still at it").isOne();

        standing = SUCCEEDED;
        outbox.letTimePass();
        Awaited.of(outbox.send(check));
        assertThat(outbox.waiting("PAYMENT_CHECK")).isZero();
        assertThat(told).last().satisfies(fact -> {
            assertThat(fact.payment()).isEqualTo(payment);
            assertThat(fact.kind()).isEqualTo(PaymentFact.Kind.SUCCEEDED);
        });
    }

    @Test
    void otherRefusalIsAskedAgain() {
        cancelled();

        send(Mono.error(new ProviderRefused(401))).as(StepVerifier::create).verifyComplete();

        assertThat(stillDue()).isOne();
    }

    @Test
    void openingThatFinishesAfterTheCancelIsCancelledToo() {
        var order = UnpaidOrder.in(db);
        cancel(order);
        outbox.letTimePass();

        send(Mono.empty())
                .then(Mono.defer(() -> opened(order)))
                .then(Mono.defer(() -> send(Mono.empty())))
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(asked).containsExactly(order.paymentId() + " null", order.paymentId() + " ref-1");
        assertThat(stillDue()).isZero();
    }

    @Test
    void openingThatFinishesDuringTheCancelIsCancelledToo() {
        var order = UnpaidOrder.in(db);
        cancel(order);
        outbox.letTimePass();

        send(opened(order)).as(StepVerifier::create).verifyComplete();
        assertThat(stillDue()).isOne();

        send(Mono.empty()).as(StepVerifier::create).verifyComplete();
        assertThat(asked).containsExactly(order.paymentId() + " null", order.paymentId() + " ref-1");
        assertThat(stillDue()).isZero();
    }

    @Test
    void d6AttemptIsCancelledAtTheEndThatItsBuyerSees() {
        var order = UnpaidOrder.in(db);
        Awaited.of(opened(order));

        send(Mono.empty()).as(StepVerifier::create).verifyComplete();
        assertThat(asked).as("not before").isEmpty();

        outbox.letTimePass();
        send(Mono.empty()).as(StepVerifier::create).verifyComplete();
        assertThat(asked).containsExactly(order.paymentId() + " ref-1");
    }

    @Test
    void d6SuccessThatWasFasterThanTheCancelAtTheEndStillCounts() {
        var order = UnpaidOrder.in(db);
        Awaited.of(opened(order));
        outbox.letTimePass();

        send(Mono.error(new ProviderRefused(409)))
                .then(Mono.defer(() -> settle(order, "SUCCEEDED")))
                .as(StepVerifier::create)
                .expectNext("CONFIRMED")
                .verifyComplete();
        assertThat(stillDue()).isZero();
    }

    @Test
    void attemptThatTheProviderIsWorkingOnIsNotCancelled() {
        var order = UnpaidOrder.in(db);
        Awaited.of(opened(order).then(settle(order, "PROCESSING")));
        outbox.letTimePass();

        send(Mono.empty()).as(StepVerifier::create).verifyComplete();

        assertThat(asked).isEmpty();
    }

    private Mono<Void> hear(PaymentFact fact) {
        told.add(fact);
        return Mono.empty();
    }

    private PaymentId cancelled() {
        var order = UnpaidOrder.in(db);
        Awaited.of(opened(order));
        cancel(order);
        return new PaymentId(order.paymentId());
    }

    private Mono<Void> opened(UnpaidOrder order) {
        return attempts.opened(OrderCommands.opened(order)).then();
    }

    private void cancel(UnpaidOrder order) {
        Awaited.of(orders.execute(OrderCommands.cancel(order)));
    }

    private Mono<String> settle(UnpaidOrder order, String kind) {
        return orders.settlePayment(OrderCommands.settlement(order, kind, 5000, "EUR"));
    }

    private Mono<Void> send(Mono<Void> answer) {
        var provider = new AskedProvider(answer);
        var inquiry = new PaymentInquiry(provider, notifications.service(), notifications.properties());
        return outbox.send(new CancelHandler(PaymentTables.payments(db), provider, inquiry));
    }

    private long tries() {
        return Awaited.of(
                db.sql("select max(tries) from outbox_message where kind = 'PAYMENT_CANCEL' and state = 'WAITING'")
                        .mapValue(Long.class)
                        .one());
    }

    private long stillDue() {
        return outbox.waiting("PAYMENT_CANCEL");
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

        @Override
        public Mono<ProviderStanding> standing(PaymentId payment, @Nullable String reference) {
            return standing;
        }

        @Override
        public Mono<RefundReceipt> refund(OpenRefund refund) {
            return Mono.never();
        }
    }
}
