package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.ProviderNotAsked;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderUnavailable;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/** What every call of a provider is bounded by, whoever makes it. */
@Component
public class ProviderCalls {

    private final PaymentProperties properties;
    private final CircuitBreaker breaker;

    public ProviderCalls(PaymentProperties properties, CircuitBreaker paymentBreaker) {
        this.properties = properties;
        this.breaker = paymentBreaker;
    }

    /** A client over these connections that waits no longer than the settings say and goes where it is told. */
    public static WebClient.Builder over(
            ConnectionProvider connections, WebClient.Builder builder, PaymentProperties properties) {
        var http = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.connectLimit().toMillis())
                .responseTimeout(properties.timeLimit())
                .followRedirect(false);
        return builder.clientConnector(new ReactorClientHttpConnector(http));
    }

    /**
     * One more try only where no connection came about, or it broke: for calls that happen once however often they are sent.
     * All of it within the limit, and whatever goes wrong on the way, up to an answer that makes no sense, is the same to us: the
     * provider cannot be used now. When that has happened often it is left alone for a while.
     *
     * @param call up to what its answer means
     */
    public <T> Mono<T> limited(Mono<T> call) {
        return call.retryWhen(Retry.fixedDelay(1, properties.retryDelay())
                        .filter(WebClientRequestException.class::isInstance)
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()))
                .timeout(properties.timeLimit())
                .onErrorMap(ProviderCalls::unavailable)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, this::notAsked);
    }

    private Throwable notAsked(Throwable refusal) {
        var rest = breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1);
        return new ProviderNotAsked(refusal, Duration.ofMillis(rest));
    }

    private static Throwable unavailable(Throwable error) {
        return error instanceof ProviderRefused || error instanceof ProviderUnavailable
                ? error
                : new ProviderUnavailable("The payment provider cannot be reached: " + error, error);
    }
}
