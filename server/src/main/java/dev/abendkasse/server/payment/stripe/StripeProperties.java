package dev.abendkasse.server.payment.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of Stripe; they count where {@code abendkasse.payment.provider} is {@code stripe}.
 *
 * @param apiKey a secret key ({@code sk_…}) or a restricted one ({@code rk_…})
 * @param webhookSecrets what Stripe signs its events with, {@code whsec_…}; two while it is being changed
 * @param baseUrl where Stripe's API is
 * @param tolerance how old an event's signature may be
 */
@ConfigurationProperties("abendkasse.payment.stripe")
public record StripeProperties(
        @Nullable String apiKey,
        @DefaultValue List<String> webhookSecrets,
        @DefaultValue("https://api.stripe.com") URI baseUrl,
        @DefaultValue("5m") Duration tolerance) {

    public StripeProperties {
        if (tolerance.toSeconds() < 1) {
            throw new IllegalArgumentException("abendkasse.payment.stripe.tolerance must be at least one second");
        }
    }

    /** @throws IllegalStateException if there is none */
    String secretKey() {
        if (apiKey == null || !apiKey.matches("(sk|rk)_[!-~]+")) {
            throw new IllegalStateException(
                    "abendkasse.payment.provider is stripe, so abendkasse.payment.stripe.api-key"
                            + " must be a secret key (sk_...) or a restricted key (rk_...) from Stripe's Dashboard, Developers, API"
                            + " keys");
        }
        return apiKey;
    }

    /** @throws IllegalStateException if there are none */
    List<String> signingSecrets() {
        if (webhookSecrets.isEmpty() || !webhookSecrets.stream().allMatch(secret -> secret.matches("whsec_[!-~]+"))) {
            throw new IllegalStateException("abendkasse.payment.provider is stripe, so"
                    + " abendkasse.payment.stripe.webhook-secrets must hold the signing secret (whsec_...) of the endpoint"
                    + " /v1/stripe-events from Stripe's Dashboard, Developers, Webhooks");
        }
        return webhookSecrets;
    }

    @Override
    public String toString() {
        return "StripeProperties[baseUrl=" + baseUrl + ", tolerance=" + tolerance + "]";
    }
}
