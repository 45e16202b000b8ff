package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.PaymentProperties;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.resources.ConnectionProvider;

/** The HTTP client for the provider: everything about it is bounded. */
@Configuration(proxyBeanMethods = false)
class ProviderHttp {

    private static final int CONNECTIONS = 50;
    private static final int MAX_BYTES = 64 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(30);

    @Bean(destroyMethod = "dispose", defaultCandidate = false)
    ConnectionProvider paymentConnections(PaymentProperties properties) {
        return ConnectionProvider.builder("payment-provider")
                .maxConnections(CONNECTIONS)
                .pendingAcquireTimeout(properties.timeLimit())
                .maxIdleTime(IDLE)
                .build();
    }

    @Bean(defaultCandidate = false)
    WebClient paymentHttp(
            WebClient.Builder builder,
            PaymentProperties properties,
            @Qualifier("paymentConnections") ConnectionProvider connections) {
        return ProviderCalls.over(connections, builder, properties)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
                .defaultHeaders(headers -> authorize(headers, properties))
                .build();
    }

    private static void authorize(HttpHeaders headers, PaymentProperties properties) {
        if (properties.apiKey() != null) {
            headers.setBearerAuth(properties.apiKey());
        }
    }
}
