package dev.abendkasse.server.payment;

import dev.abendkasse.server.payment.store.CancelStore;
import dev.abendkasse.server.payment.store.DueCancel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells the provider what was cancelled here, until it has heard it. Any number of replicas may do so. */
@Component
class PaymentCanceller {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentCanceller.class);
    private static final int AT_ONCE = 8;

    private final CancelStore cancels;
    private final PaymentProvider provider;
    private final PaymentProperties properties;

    PaymentCanceller(CancelStore cancels, PaymentProvider provider, PaymentProperties properties) {
        this.cancels = cancels;
        this.provider = provider;
        this.properties = properties;
    }

    /** Gathers the claimed rows first, so that no connection is held while the provider is asked. */
    @Scheduled(fixedDelayString = "${abendkasse.payment.cancel-every}")
    Mono<Void> cancelDue() {
        return cancels.claim(AT_ONCE, properties.cancelRetry())
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::cancel, AT_ONCE)
                .then();
    }

    private Mono<Void> cancel(DueCancel due) {
        return provider.cancel(due.payment(), due.reference())
                .onErrorResume(ProviderRefused.class, refusal -> refused(due, refusal))
                .then(Mono.defer(() -> cancels.done(due)))
                .onErrorResume(error -> tryLater(due, error));
    }

    /** Paid or being paid: its notification tells the rest. */
    private static Mono<Void> refused(DueCancel due, ProviderRefused refusal) {
        if (!refusal.tooLate()) {
            return Mono.error(refusal);
        }
        LOG.info(
                "Payment {} can no longer be cancelled at the provider",
                due.payment().value());
        return Mono.empty();
    }

    private static Mono<Void> tryLater(DueCancel due, Throwable error) {
        LOG.warn("Payment {} is not cancelled yet: {}", due.payment().value(), error.getMessage());
        return Mono.empty();
    }
}
