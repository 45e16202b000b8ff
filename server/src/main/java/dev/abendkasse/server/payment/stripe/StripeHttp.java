package dev.abendkasse.server.payment.stripe;

import com.stripe.Stripe;
import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.ProviderChoice;
import dev.abendkasse.server.payment.provider.ProviderCalls;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.resources.ConnectionProvider;

/** The HTTP client for Stripe, bounded as every provider's is. */
@Configuration(proxyBeanMethods = false)
@Conditional(ProviderChoice.Stripe.class)
class StripeHttp {

    /** Room for a hundred refunds of one payment. */
    private static final int MAX_BYTES = 256 * 1024;

    /** Asks for the version of the API that the library's parameters are of, whatever the account's is. */
    @Bean(defaultCandidate = false)
    WebClient stripeWebClient(
            WebClient.Builder builder,
            PaymentProperties payment,
            StripeProperties stripe,
            @Qualifier("paymentConnections") ConnectionProvider connections) {
        var key = stripe.secretKey();
        return ProviderCalls.over(connections, builder, payment)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
                .defaultHeader("Stripe-Version", Stripe.API_VERSION)
                .defaultHeaders(headers -> headers.setBearerAuth(key))
                .build();
    }
}
