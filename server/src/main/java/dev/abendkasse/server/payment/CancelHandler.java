package dev.abendkasse.server.payment;

import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.payment.store.PaymentStore;
import dev.abendkasse.server.shared.PaymentId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells the provider what was cancelled here, or has come to the end that its buyer saw. Until it is sure that nobody can pay it
 * any more, or that somebody has, its order keeps its seats for a while (D1).
 */
@Component
class CancelHandler implements OutboxHandler {

    private final PaymentStore payments;
    private final PaymentProvider provider;
    private final PaymentInquiry inquiry;

    CancelHandler(PaymentStore payments, PaymentProvider provider, PaymentInquiry inquiry) {
        this.payments = payments;
        this.provider = provider;
        this.inquiry = inquiry;
    }

    @Override
    public String kind() {
        return "PAYMENT_CANCEL";
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var payment = new PaymentId(UUID.fromString(message.key()));
        return payments.reference(payment)
                .flatMap(reference -> end(payment, reference.orElse(null)))
                .onErrorMap(ProviderNotAsked.class, ProviderNotAsked::later);
    }

    private Mono<Void> end(PaymentId payment, @Nullable String reference) {
        return provider.cancel(payment, reference)
                .then(Mono.defer(() -> payments.ended(payment)))
                .onErrorResume(error -> payments.unsure(payment).then(Mono.error(error)))
                .onErrorResume(ProviderRefused.class, refusal -> refused(payment, reference, refusal));
    }

    /** Paid or being paid: its notification may have got lost, so the provider is asked. */
    private Mono<Void> refused(PaymentId payment, @Nullable String reference, ProviderRefused refusal) {
        return refusal.tooLate()
                ? inquiry.ask(payment, reference)
                        .switchIfEmpty(Mono.error(() -> refusal))
                        .flatMap(kind -> goOn(payment, kind))
                : Mono.error(refusal);
    }

    private Mono<Void> goOn(PaymentId payment, PaymentFact.Kind kind) {
        return kind == PaymentFact.Kind.PROCESSING ? payments.checkLater(payment) : Mono.empty();
    }
}
