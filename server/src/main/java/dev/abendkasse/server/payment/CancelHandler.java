package dev.abendkasse.server.payment;

import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.payment.store.PaymentStore;
import dev.abendkasse.server.shared.PaymentId;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells the provider what was cancelled here. */
@Component
class CancelHandler implements OutboxHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CancelHandler.class);

    private final PaymentStore payments;
    private final PaymentProvider provider;

    CancelHandler(PaymentStore payments, PaymentProvider provider) {
        this.payments = payments;
        this.provider = provider;
    }

    @Override
    public String kind() {
        return "PAYMENT_CANCEL";
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var payment = new PaymentId(UUID.fromString(message.key()));
        return payments.reference(payment)
                .flatMap(reference -> provider.cancel(payment, reference.orElse(null)))
                .onErrorResume(ProviderRefused.class, refusal -> refused(payment, refusal));
    }

    /** Paid or being paid: its notification tells the rest. */
    private static Mono<Void> refused(PaymentId payment, ProviderRefused refusal) {
        if (!refusal.tooLate()) {
            return Mono.error(refusal);
        }
        LOG.info("Payment {} can no longer be cancelled at the provider", payment.value());
        return Mono.empty();
    }
}
