package dev.abendkasse.server.payment;

import reactor.core.publisher.Mono;

/** Paying at the provider. What an attempt does to its order is decided where orders are. */
public interface Payments {

    /**
     * Opens the payment at the provider, never inside a transaction. Fails with {@link ProviderUnavailable} or
     * {@link ProviderRefused}.
     */
    Mono<ProviderSession> open(OpenPayment payment);
}
