package dev.abendkasse.server.payment;

import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.payment.store.PaymentStore;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Has the provider give money back. The refund's id is its key there, so a repetition gives nothing twice. */
@Component
class RefundHandler implements OutboxHandler {

    private static final RefundReceipt NOT_DONE = new RefundReceipt("", RefundReceipt.State.FAILED);

    private final PaymentStore payments;
    private final PaymentProvider provider;
    private final ObjectProvider<PaymentListener> listener;

    RefundHandler(PaymentStore payments, PaymentProvider provider, ObjectProvider<PaymentListener> listener) {
        this.payments = payments;
        this.provider = provider;
        this.listener = listener;
    }

    @Override
    public String kind() {
        return "PAYMENT_REFUND";
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        return payments.pendingRefund(UUID.fromString(message.key()))
                .flatMap(this::refund)
                .onErrorMap(ProviderNotAsked.class, ProviderNotAsked::later);
    }

    /** People give the money back. Should the provider have done it all the same, its word of that still counts. */
    @Override
    public Mono<Void> dismissed(String key) {
        return listener.getObject().refunded(UUID.fromString(key), NOT_DONE);
    }

    private Mono<Void> refund(OpenRefund refund) {
        return provider.refund(refund)
                .onErrorResume(ProviderRefused.class, RefundHandler::refused)
                .flatMap(receipt -> listener.getObject().refunded(refund.refund(), receipt));
    }

    /** Final: trying the same again does not help, so people give the money back. */
    private static Mono<RefundReceipt> refused(ProviderRefused refusal) {
        return refusal.ofAccess() ? Mono.error(refusal) : Mono.just(NOT_DONE);
    }
}
