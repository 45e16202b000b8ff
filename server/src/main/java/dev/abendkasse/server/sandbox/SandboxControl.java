package dev.abendkasse.server.sandbox;

import dev.abendkasse.server.sandbox.domain.SandboxAccount;
import dev.abendkasse.server.sandbox.domain.SandboxDispute;
import dev.abendkasse.server.sandbox.domain.SandboxRefund;
import dev.abendkasse.server.sandbox.domain.SandboxRefundEvent;
import dev.abendkasse.server.sandbox.domain.SandboxRefundOrder;
import dev.abendkasse.server.sandbox.domain.SandboxRefunds;
import dev.abendkasse.server.sandbox.store.SandboxControlStore;
import dev.abendkasse.server.sandbox.store.SandboxRefundStore;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Money that goes back: because the shop wants it, or because the payer's bank does. */
@SandboxComponent
public class SandboxControl {

    private final SandboxRefundStore refunds;
    private final SandboxControlStore payments;
    private final SandboxNotifier notifier;

    SandboxControl(SandboxRefundStore refunds, SandboxControlStore payments, SandboxNotifier notifier) {
        this.refunds = refunds;
        this.payments = payments;
        this.notifier = notifier;
    }

    /** The refund with this id, made now or before; it may have been for something else. Empty if it is refused. */
    public Mono<SandboxRefund> refund(SandboxRefundOrder order) {
        return refunds.find(order.refundId())
                .switchIfEmpty(Mono.defer(
                        () -> refunds.make(order).then(Mono.defer(() -> refunds.find(order.refundId())))));
    }

    /** Empty if there is no such payment. */
    public Mono<SandboxAccount> find(UUID payment) {
        return payments.find(payment);
    }

    /** What becomes of the payment's refunds from now on. */
    public Mono<Boolean> choose(UUID payment, SandboxRefunds choice) {
        return payments.choose(payment, choice);
    }

    /** Lets it happen and tells the shop; false if the refund's state does not allow it. */
    public Mono<Boolean> happen(UUID payment, UUID refund, SandboxRefundEvent event) {
        return refunds.happen(payment, refund, event).flatMap(happened -> tell(event.eventId(refund), happened));
    }

    /** Lets it happen and tells the shop; false if the payment's state does not allow it. */
    public Mono<Boolean> dispute(UUID payment, SandboxDispute event) {
        return payments.dispute(payment, event).flatMap(happened -> tell(event.eventId(payment), happened));
    }

    private Mono<Boolean> tell(String eventId, boolean happened) {
        return happened ? notifier.tell(eventId).thenReturn(true) : Mono.just(false);
    }
}
