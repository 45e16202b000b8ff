package dev.abendkasse.server.order;

import dev.abendkasse.server.order.domain.Settlement;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.PaymentListener;
import dev.abendkasse.server.shared.CaseNumber;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Does to an order what has become of its payment. */
@Component
class PaymentSettlement implements PaymentListener {

    private final OrderStore orders;

    PaymentSettlement(OrderStore orders) {
        this.orders = orders;
    }

    @Override
    public Mono<Void> on(PaymentFact fact) {
        return orders.settle(new Settlement(
                        fact.payment().value(),
                        fact.kind().name(),
                        fact.amount().amount(),
                        fact.amount().currency().getCurrencyCode(),
                        CaseNumber.random().value()))
                .then();
    }
}
