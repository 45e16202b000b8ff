package dev.abendkasse.server.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the payment provider is left alone. What happened longer ago than the window says nothing.
 *
 * @param window how far back calls count; whole seconds
 * @param leastCalls of so many in the window it is judged at all
 * @param failurePercent from how many failed ones on it is left alone
 * @param rest for how long; then one call finds out whether it is back
 */
@ConfigurationProperties("abendkasse.payment.breaker")
public record BreakerProperties(
        @DefaultValue("30s") Duration window,
        @DefaultValue("5") int leastCalls,
        @DefaultValue("50") int failurePercent,
        @DefaultValue("10s") Duration rest) {

    public BreakerProperties {
        if (window.toSeconds() < 1 || leastCalls < 1 || failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException(
                    "abendkasse.payment.breaker: window must be at least one second, least-calls"
                            + " at least 1, and failure-percent from 1 to 100");
        }
        if (rest.toMillis() < 1) {
            throw new IllegalArgumentException("abendkasse.payment.breaker.rest must be positive");
        }
    }
}
