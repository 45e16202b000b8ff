package dev.abendkasse.server.order;

import dev.abendkasse.server.order.domain.RefundSettlement;
import dev.abendkasse.server.order.domain.Settlement;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.PaymentListener;
import dev.abendkasse.server.payment.RefundReceipt;
import dev.abendkasse.server.shared.CaseNumber;
import java.util.Objects;
import java.util.UUID;
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
        var settled = switch (fact.kind()) {
            case PROCESSING, SUCCEEDED, DECLINED, FAILED, CANCELLED -> orders.settlePayment(settlement(fact));
            case REFUND_SUCCEEDED -> orders.settleRefund(refund(fact, RefundReceipt.State.SUCCEEDED));
            case REFUND_FAILED -> orders.settleRefund(refund(fact, RefundReceipt.State.FAILED));
            case DISPUTED, DISPUTE_WON, DISPUTE_LOST -> orders.settleDispute(settlement(fact));
        };
        return settled.then();
    }

    @Override
    public Mono<Void> refunded(UUID refund, RefundReceipt receipt) {
        return orders.settleRefund(RefundSettlement.ours(
                        refund, receipt.reference(), receipt.state().name(), newCase()))
                .then();
    }

    @Override
    public Mono<Void> unresolved(long factId) {
        return orders.giveToPeople(factId, newCase());
    }

    private static Settlement settlement(PaymentFact fact) {
        return new Settlement(
                fact.payment().value(),
                fact.kind().name(),
                fact.amount().amount(),
                fact.amount().currency().getCurrencyCode(),
                fact.reference(),
                fact.subject(),
                newCase(),
                newCase());
    }

    private static RefundSettlement refund(PaymentFact fact, RefundReceipt.State state) {
        return new RefundSettlement(
                Objects.requireNonNull(fact.subject()),
                fact.payment().value(),
                fact.amount().amount(),
                fact.amount().currency().getCurrencyCode(),
                null,
                state.name(),
                newCase());
    }

    private static String newCase() {
        return CaseNumber.random().value();
    }
}
