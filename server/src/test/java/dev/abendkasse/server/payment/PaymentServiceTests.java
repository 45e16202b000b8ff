package dev.abendkasse.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.payment.PaymentFact.Kind;
import dev.abendkasse.server.payment.store.PaymentTables;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.testing.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PaymentServiceTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final ProviderSession SESSION = new ProviderSession("ref-1", "https://pay.example.org/1", "secret");

    private final Payments payments = new PaymentService(new SilentProvider(), PaymentTables.payments(DB));

    @Test
    void attemptIsFoundAsItWasMade() {
        var attempt = newAttempt();

        payments.insert(attempt)
                .then(payments.openAttemptOf(attempt.order()))
                .as(StepVerifier::create)
                .expectNext(new Payment(
                        attempt.id(),
                        attempt.order(),
                        "CARD",
                        attempt.amount(),
                        PaymentState.CREATED,
                        null,
                        null,
                        attempt.expiresAt()))
                .verifyComplete();
    }

    @Test
    void unknownAttemptIsEmpty() {
        payments.byId(new PaymentId(UUID.randomUUID())).as(StepVerifier::create).verifyComplete();
    }

    @Test
    void onlyOneOfManyAttemptsAtOnceIsMade() {
        var order = SampleOrder.in(DB);

        Flux.range(0, 20)
                .flatMap(_ -> payments.insert(SampleOrder.attempt(order)), 20)
                .filter(made -> made)
                .count()
                .as(StepVerifier::create)
                .expectNext(1L)
                .verifyComplete();
    }

    @Test
    void openedAttemptAsksTheBuyerToAct() {
        var attempt = made();

        payments.opened(attempt.id(), SESSION)
                .then(payments.byId(attempt.id()))
                .as(StepVerifier::create)
                .assertNext(payment -> {
                    assertThat(payment.state()).isEqualTo(PaymentState.ACTION_REQUIRED);
                    assertThat(payment.url()).isEqualTo("https://pay.example.org/1");
                    assertThat(payment.clientSecret()).isEqualTo("secret");
                })
                .verifyComplete();
    }

    @Test
    void successThatIsFasterThanOurNoteOfTheOpeningStays() {
        var attempt = made();

        payments.advance(attempt.id(), Kind.SUCCEEDED)
                .then(payments.opened(attempt.id(), SESSION))
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(stateOf(attempt)).isEqualTo(PaymentState.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, PROCESSING, true",
        "CREATED, SUCCEEDED, true",
        "ACTION_REQUIRED, PROCESSING, true",
        "ACTION_REQUIRED, FAILED, true",
        "PROCESSING, PROCESSING, false",
        "PROCESSING, SUCCEEDED, true",
        "PROCESSING, CANCELLED, true",
        "SUCCEEDED, PROCESSING, false",
        "SUCCEEDED, SUCCEEDED, false",
        "SUCCEEDED, FAILED, false",
        "SUCCEEDED, CANCELLED, false",
        "FAILED, PROCESSING, false",
        "FAILED, CANCELLED, false",
        "FAILED, SUCCEEDED, true",
        "CANCELLED, PROCESSING, false",
        "CANCELLED, FAILED, false",
        "CANCELLED, SUCCEEDED, true"
    })
    void eventCountsOnlyWhereItLeadsForward(PaymentState from, Kind kind, boolean counts) {
        var attempt = madeIn(from);

        payments.advance(attempt.id(), kind)
                .as(StepVerifier::create)
                .expectNext(counts)
                .verifyComplete();

        assertThat(stateOf(attempt)).isEqualTo(counts ? PaymentState.after(kind) : from);
    }

    @Test
    void successCountsOnceHoweverOftenItComesAtOnce() {
        var attempt = madeIn(PaymentState.CANCELLED);

        Flux.range(0, 20)
                .flatMap(_ -> payments.advance(attempt.id(), Kind.SUCCEEDED), 20)
                .filter(counted -> counted)
                .count()
                .as(StepVerifier::create)
                .expectNext(1L)
                .verifyComplete();
    }

    @ParameterizedTest
    @EnumSource(PaymentState.class)
    void onlyWhatNobodyHasPaidCanBeCancelled(PaymentState from) {
        var attempt = madeIn(from);
        var possible = PaymentState.CANCELLABLE.contains(from);

        payments.requestCancel(attempt.id())
                .as(StepVerifier::create)
                .expectNext(possible)
                .verifyComplete();

        assertThat(stateOf(attempt)).isEqualTo(possible ? PaymentState.CANCELLED : from);
    }

    private NewPayment newAttempt() {
        return SampleOrder.attempt(SampleOrder.in(DB));
    }

    private NewPayment made() {
        var attempt = newAttempt();
        payments.insert(attempt).block();
        return attempt;
    }

    private NewPayment madeIn(PaymentState state) {
        var attempt = made();
        DB.sql("update payment set state = :state where payment_id = :id")
                .bind("state", state.name())
                .bind("id", attempt.id().value())
                .then()
                .block();
        return attempt;
    }

    private PaymentState stateOf(NewPayment attempt) {
        return payments.byId(attempt.id()).map(Payment::state).block();
    }

    /** Not asked anything here. */
    private static final class SilentProvider implements PaymentProvider {

        @Override
        public Mono<ProviderSession> open(OpenPayment payment) {
            return Mono.never();
        }

        @Override
        public Mono<Void> cancel(PaymentId payment, String reference) {
            return Mono.never();
        }
    }
}
