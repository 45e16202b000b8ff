package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.BreakerProperties;
import dev.abendkasse.server.payment.PaymentUpstream;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderUnavailable;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Knows how the provider has been doing, whoever called it and why. */
@Configuration(proxyBeanMethods = false)
public class ProviderBreaker {

    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    @Bean
    CircuitBreaker paymentBreaker(CircuitBreakerRegistry breakers, BreakerProperties properties) {
        return breakers.circuitBreaker(PaymentUpstream.NAME, config(properties));
    }

    /** The library's own meters, {@code resilience4j.circuitbreaker.…}. */
    @Bean
    MeterBinder breakerMeters(CircuitBreakerRegistry breakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
    }

    /** Says how it is and never that this replica is down: without the provider it still sells. */
    @Bean
    ReactiveHealthIndicator paymentProviderHealthIndicator(CircuitBreaker paymentBreaker) {
        return () -> Mono.fromSupplier(() -> health(paymentBreaker.getState()));
    }

    /** One call at a time finds out whether the provider is back. A refusal is an answer, unless we are not let in at all. */
    public static CircuitBreakerConfig config(BreakerProperties properties) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(
                        (int) properties.window().toSeconds(), properties.leastCalls(), SlidingWindowType.TIME_BASED)
                .failureRateThreshold(properties.failurePercent())
                .waitDurationInOpenState(properties.rest())
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(ProviderBreaker::isFailure)
                .build();
    }

    private static boolean isFailure(Throwable error) {
        return error instanceof ProviderUnavailable || error instanceof ProviderRefused refusal && refusal.ofAccess();
    }

    private static Health health(CircuitBreaker.State state) {
        var health = state == CircuitBreaker.State.CLOSED ? Health.up() : Health.unknown();
        return health.withDetail("breaker", state.name()).build();
    }
}
