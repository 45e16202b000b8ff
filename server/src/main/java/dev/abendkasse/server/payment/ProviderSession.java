package dev.abendkasse.server.payment;

import org.jspecify.annotations.Nullable;

/**
 * What the provider has opened.
 *
 * @param reference the provider's own name for the payment
 * @param url the page to send the buyer to
 * @param clientSecret what an embedded payment form needs, if the provider has one
 */
public record ProviderSession(
        String reference, String url, @Nullable String clientSecret) {}
