package dev.abendkasse.server.payment;

import dev.abendkasse.server.payment.store.PaymentStore;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.PaymentId;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Attempts to pay, in the database and at the provider. */
@Service
class PaymentService implements Payments {

    private final PaymentProvider provider;
    private final PaymentStore payments;

    PaymentService(PaymentProvider provider, PaymentStore payments) {
        this.provider = provider;
        this.payments = payments;
    }

    @Override
    public Mono<ProviderSession> open(OpenPayment payment) {
        return provider.open(payment);
    }

    @Override
    public Mono<Boolean> insert(NewPayment payment) {
        return payments.insert(payment);
    }

    @Override
    public Mono<Void> opened(PaymentId payment, ProviderSession session) {
        return payments.opened(payment, session);
    }

    @Override
    public Mono<Payment> byId(PaymentId payment) {
        return payments.byId(payment);
    }

    @Override
    public Mono<Payment> openAttemptOf(OrderId order) {
        return payments.openAttemptOf(order);
    }

    @Override
    public Mono<Boolean> requestCancel(PaymentId payment) {
        return payments.requestCancel(payment);
    }

    @Override
    public Mono<Boolean> advance(PaymentId payment, PaymentFact.Kind kind) {
        return payments.advance(payment, PaymentState.before(kind), PaymentState.after(kind));
    }
}
