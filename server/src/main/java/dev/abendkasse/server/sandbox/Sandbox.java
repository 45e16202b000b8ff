package dev.abendkasse.server.sandbox;

import dev.abendkasse.server.sandbox.domain.SandboxBooking;
import dev.abendkasse.server.sandbox.domain.SandboxEvent;
import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import dev.abendkasse.server.sandbox.store.SandboxStore;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** What the sandbox can do, as a payment provider would. */
@SandboxComponent
public class Sandbox {

    private final SandboxStore payments;
    private final SandboxNotifier notifier;

    Sandbox(SandboxStore payments, SandboxNotifier notifier) {
        this.payments = payments;
        this.notifier = notifier;
    }

    /** True if it is open now or was opened with the same content before; false if the id was used for another. */
    public Mono<Boolean> open(SandboxPayment payment) {
        return payments.open(payment)
                .then(payments.find(payment.paymentId()))
                .map(booking -> booking.payment().equals(payment));
    }

    /** Empty if there is no such payment. */
    public Mono<SandboxBooking> find(UUID payment) {
        return payments.find(payment);
    }

    /** False if it is paid or being processed. Cancelling tells the shop from the background. */
    public Mono<Boolean> cancel(SandboxBooking booking) {
        return switch (booking.state()) {
            case FAILED, CANCELLED -> Mono.just(true);
            default -> payments.happen(booking.payment().paymentId(), SandboxEvent.CANCEL);
        };
    }

    /** Lets it happen and tells the shop; false if the payment's state or end does not allow it. */
    public Mono<Boolean> happen(UUID payment, SandboxEvent event) {
        return payments.happen(payment, event).flatMap(happened -> tell(payment, event, happened));
    }

    private Mono<Boolean> tell(UUID payment, SandboxEvent event, boolean happened) {
        return happened ? notifier.tell(event.eventId(payment)).thenReturn(true) : Mono.just(false);
    }
}
