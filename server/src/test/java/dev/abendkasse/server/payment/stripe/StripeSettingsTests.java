package dev.abendkasse.server.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.payment.provider.ProviderCalls;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

class StripeSettingsTests {

    private static final String API_KEY = "abendkasse.payment.stripe.api-key=" + StripeStub.API_KEY;
    private static final String SECRETS = "abendkasse.payment.stripe.webhook-secrets=" + StripeStub.SECRET;

    private final ApplicationContextRunner server = new ApplicationContextRunner()
            .withUserConfiguration(Parts.class)
            .withPropertyValues("abendkasse.payment.provider=stripe");

    @Test
    void aKeyAndASigningSecretAreEnough() {
        server.withPropertyValues(API_KEY, SECRETS)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(PaymentProvider.class));
    }

    @Test
    void withoutAKeyTheStartStopsAndSaysWhereItIsFound() {
        assertStops(server.withPropertyValues(SECRETS), "abendkasse.payment.stripe.api-key", "Dashboard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pk_test_1", "sk_", "sk_test 1"})
    void keyOfAnotherKindStopsTheStart(String key) {
        assertStops(
                server.withPropertyValues("abendkasse.payment.stripe.api-key=" + key, SECRETS), "secret key (sk_...)");
    }

    @Test
    void withoutASigningSecretTheStartStopsAndSaysWhereItIsFound() {
        assertStops(server.withPropertyValues(API_KEY), "abendkasse.payment.stripe.webhook-secrets", "Dashboard");
    }

    @Test
    void aSecretOfAnotherKindStopsTheStart() {
        assertStops(
                server.withPropertyValues(API_KEY, SECRETS + ",hello"), "abendkasse.payment.stripe.webhook-secrets");
    }

    @Test
    void withoutToleranceTheStartStops() {
        assertStops(server.withPropertyValues(API_KEY, SECRETS, "abendkasse.payment.stripe.tolerance=0s"), "tolerance");
    }

    @Test
    void nothingIsAskedOfThoseWhoDoNotUseStripe() {
        server.withPropertyValues("abendkasse.payment.provider=sandbox")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PaymentProvider.class));
    }

    @Test
    void secretsAreNotShownWhereSettingsAre() {
        server.withPropertyValues(API_KEY, SECRETS)
                .run(context -> assertThat(
                                context.getBean(StripeProperties.class).toString())
                        .doesNotContain(StripeStub.API_KEY, StripeStub.SECRET));
    }

    private static void assertStops(ApplicationContextRunner server, String... said) {
        server.run(context ->
                assertThat(context.getStartupFailure()).rootCause().message().contains(said));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({PaymentProperties.class, StripeProperties.class})
    @Import({StripeHttp.class, StripeApi.class, ProviderCalls.class, StripePaymentProvider.class, StripeSignatures.class
    })
    static class Parts {

        @Bean
        WebClient.Builder builder() {
            return WebClient.builder();
        }

        @Bean
        ConnectionProvider paymentConnections() {
            return ConnectionProvider.newConnection();
        }

        @Bean
        CircuitBreaker paymentBreaker() {
            return CircuitBreaker.ofDefaults("test");
        }

        @Bean
        JsonMapper json() {
            return JsonMapper.shared();
        }
    }
}
