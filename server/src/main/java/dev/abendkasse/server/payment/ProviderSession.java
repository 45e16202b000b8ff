package dev.abendkasse.server.payment;

import org.jspecify.annotations.Nullable;

/**
 * What the provider has opened.
 *
 * @param reference the provider's own name for the payment
 * @param url the page to send the buyer to; null if the shop embeds a form for the client secret
 * @param clientSecret what an embedded payment form needs, if the provider has one
 */
public record ProviderSession(
        String reference, @Nullable String url, @Nullable String clientSecret) {}
