package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderUnavailable;
import io.netty.channel.ChannelOption;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/** What every call of a provider is bounded by. */
public final class ProviderCalls {

    private ProviderCalls() {}

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
     * All of it within the limit, and whatever goes wrong on the way is the same to us: the provider cannot be used now.
     */
    public static <T> Mono<T> limited(Mono<T> call, PaymentProperties properties) {
        return call.retryWhen(Retry.fixedDelay(1, properties.retryDelay())
                        .filter(WebClientRequestException.class::isInstance)
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()))
                .timeout(properties.timeLimit())
                .onErrorMap(ProviderCalls::unavailable);
    }

    private static Throwable unavailable(Throwable error) {
        return error instanceof ProviderRefused || error instanceof ProviderUnavailable
                ? error
                : new ProviderUnavailable("The payment provider cannot be reached: " + error, error);
    }
}
