package dev.abendkasse.server.payment;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the payment module.
 *
 * @param provider the provider's name, as in the address of its notifications; {@code stripe} has settings of its own
 * @param baseUrl where the provider is; without it the sandbox takes its place
 * @param apiKey sent to the provider as a bearer token
 * @param webhookSecrets what the provider signs with, {@code whsec_…}; two while it is being changed
 * @param timeLimit for one call of the provider in all, connecting and trying again included
 * @param connectLimit for connecting
 * @param retryDelay before the one further try when the connection failed
 * @param replayRetry before the outbox acts on a fact whose handling failed or was cut off
 */
@ConfigurationProperties("abendkasse.payment")
public record PaymentProperties(
        @DefaultValue("sandbox") String provider,
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @DefaultValue List<String> webhookSecrets,
        @DefaultValue("2s") Duration timeLimit,
        @DefaultValue("800ms") Duration connectLimit,
        @DefaultValue("100ms") Duration retryDelay,
        @DefaultValue("30s") Duration replayRetry) {

    public PaymentProperties {
        requirePositive("time-limit", timeLimit);
        requirePositive("connect-limit", connectLimit);
        requirePositive("replay-retry", replayRetry);
        if (baseUrl != null && webhookSecrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "abendkasse.payment.webhook-secrets must hold what the provider at base-url signs with");
        }
    }

    /** Whether this provider takes the payments and tells of them in our protocol. */
    boolean hears(String name) {
        return name.equals(provider) && !name.equals(ProviderChoice.STRIPE);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("abendkasse.payment." + name + " must be positive");
        }
    }
}
