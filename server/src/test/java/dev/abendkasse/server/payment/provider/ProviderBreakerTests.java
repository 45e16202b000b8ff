package dev.abendkasse.server.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.payment.BreakerProperties;
import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.ProviderNotAsked;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderUnavailable;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** When the provider is left alone, and how it is found out that it is back. */
class ProviderBreakerTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HandClock clock = new HandClock();
    private final CircuitBreaker breaker = CircuitBreaker.of("payment", config());
    private final ProviderCalls calls = new ProviderCalls(limits(), breaker);
    private final AtomicInteger asked = new AtomicInteger();

    /** A clock that is set by hand. */
    private static final class HandClock extends Clock {

        private Instant now = Instant.parse("2026-12-01T18:00:00Z");

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void providerThatHasFailedOftenIsLeftAloneForAWhile() {
        fail(4);
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);

        fail(1);
        asked.set(0);
        call(Mono.just("yes")).as(StepVerifier::create).verifyError(ProviderNotAsked.class);

        assertThat(asked).hasValue(0);
        clock.passes(Duration.ofMillis(9_900));
        call(Mono.just("yes")).as(StepVerifier::create).verifyError(ProviderNotAsked.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatHappenedLongAgoSaysNothing() {
        fail(4);
        clock.passes(Duration.ofSeconds(31));
        fail(4);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void fewFailuresAmongManyCallsAreNoOutage() {
        succeed(6);
        fail(5);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        fail(1);
        assertThat(breaker.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void refusalIsAnAnswerUnlessWeAreNotLetInAtAll() {
        for (int i = 0; i < 20; i++) {
            call(Mono.error(new ProviderRefused(422))).as(StepVerifier::create).verifyError(ProviderRefused.class);
        }
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);

        for (int i = 0; i < 20; i++) {
            call(Mono.error(new ProviderRefused(401))).as(StepVerifier::create).verifyError(ProviderRefused.class);
        }
        assertThat(breaker.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void afterItsRestOneCallFindsOutAndTheOthersDoNotWaitForIt() {
        fail(5);
        clock.passes(Duration.ofMillis(10_100));

        var first = call(Mono.never()).subscribe();
        call(Mono.just("yes")).as(StepVerifier::create).verifyError(ProviderNotAsked.class);

        first.dispose();
        call(Mono.just("yes")).as(StepVerifier::create).expectNext("yes").verifyComplete();
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void providerThatIsStillDownAfterItsRestIsLeftAloneAgain() {
        fail(5);
        clock.passes(Duration.ofMillis(10_100));

        fail(1);

        call(Mono.just("yes")).as(StepVerifier::create).verifyError(ProviderNotAsked.class);
    }

    @Test
    void answerWithoutContentIsAnAnswer() {
        fail(5);
        clock.passes(Duration.ofMillis(10_100));

        call(Mono.empty()).as(StepVerifier::create).verifyComplete();

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void allTriesTogetherEndWithinTheLimit() {
        StepVerifier.withVirtualTime(() -> calls.limited(Mono.delay(Duration.ofMillis(1_500))
                        .then(Mono.defer(() -> asked.incrementAndGet() == 1 ? Mono.error(broken()) : Mono.never()))))
                .expectSubscription()
                .expectNoEvent(LIMIT.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyError(ProviderUnavailable.class);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            call(Mono.error(new ProviderUnavailable("down", null)))
                    .as(StepVerifier::create)
                    .verifyError(ProviderUnavailable.class);
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            call(Mono.just("yes")).as(StepVerifier::create).expectNext("yes").verifyComplete();
        }
    }

    private Mono<String> call(Mono<String> answer) {
        return calls.limited(Mono.defer(() -> {
            asked.incrementAndGet();
            return answer;
        }));
    }

    private CircuitBreakerConfig config() {
        var settings = new BreakerProperties(Duration.ofSeconds(30), 5, 50, Duration.ofSeconds(10));
        return CircuitBreakerConfig.from(ProviderBreaker.config(settings))
                .clock(clock)
                .build();
    }

    private static WebClientRequestException broken() {
        return new WebClientRequestException(
                new IOException("reset"), HttpMethod.POST, URI.create("http://localhost"), HttpHeaders.EMPTY);
    }

    private static PaymentProperties limits() {
        return new PaymentProperties(
                "sandbox", null, null, List.of(), LIMIT, LIMIT, Duration.ofMillis(50), Duration.ofSeconds(10));
    }
}
