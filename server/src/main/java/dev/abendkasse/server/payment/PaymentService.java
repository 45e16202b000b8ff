package dev.abendkasse.server.payment;

import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Opens payments at the configured provider. Cancelling is left to {@link PaymentCanceller}. */
@Service
class PaymentService implements Payments {

    private final PaymentProvider provider;

    PaymentService(PaymentProvider provider) {
        this.provider = provider;
    }

    @Override
    public Mono<ProviderSession> open(OpenPayment payment) {
        return provider.open(payment);
    }
}
