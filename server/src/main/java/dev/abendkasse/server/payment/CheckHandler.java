package dev.abendkasse.server.payment;

import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.outbox.TryLater;
import dev.abendkasse.server.payment.store.PaymentStore;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks now and then for a payment that the provider is working on, until it has ended. */
@Component
class CheckHandler implements OutboxHandler {

    private static final Duration NOW_AND_THEN = Duration.ofHours(1);

    private final PaymentStore payments;
    private final PaymentInquiry inquiry;

    CheckHandler(PaymentStore payments, PaymentInquiry inquiry) {
        this.payments = payments;
        this.inquiry = inquiry;
    }

    @Override
    public String kind() {
        return "PAYMENT_CHECK";
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var payment = new PaymentId(UUID.fromString(message.key()));
        return payments.reference(payment)
                .flatMap(reference -> inquiry.ask(payment, reference.orElse(null)))
                .flatMap(CheckHandler::next)
                .onErrorMap(ProviderNotAsked.class, ProviderNotAsked::later);
    }

    private static Mono<Void> next(PaymentFact.Kind kind) {
        return kind == PaymentFact.Kind.PROCESSING ? Mono.error(TryLater.untried(NOW_AND_THEN)) : Mono.empty();
    }
}
