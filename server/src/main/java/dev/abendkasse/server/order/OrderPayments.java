package dev.abendkasse.server.order;

import dev.abendkasse.server.order.store.AttemptStore;
import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderSession;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.shared.PaymentView;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Opens attempts to pay at the provider, with no connection to the database held meanwhile. */
@Service
public class OrderPayments {

    private static final Logger LOG = LoggerFactory.getLogger(OrderPayments.class);

    private final AttemptStore attempts;
    private final PaymentProvider provider;

    OrderPayments(AttemptStore attempts, PaymentProvider provider) {
        this.attempts = attempts;
        this.provider = provider;
    }

    /**
     * What a command that only starts an attempt has begun. Empty when the provider cannot be reached: the command may then be
     * repeated at once.
     */
    public Mono<PaymentView> begin(PaymentView payment, Idempotency repeat) {
        return open(payment, repeat)
                .onErrorResume(OrderPayments::isUnusable, _ -> Mono.empty())
                .switchIfEmpty(Mono.defer(() -> attempts.notOpened(repeat).then(Mono.empty())));
    }

    /** The same for one that was begun under the same key before; the provider may or may not have it. */
    public Mono<PaymentView> beginAgain(UUID paymentId, Idempotency repeat) {
        return view(paymentId)
                .flatMap(payment -> payment.state() == PaymentView.State.CREATED
                        ? begin(payment, repeat)
                        : Mono.just(payment.in(PaymentView.State.ACTION_REQUIRED)));
    }

    /** An attempt that is known to exist. */
    public Mono<PaymentView> view(UUID paymentId) {
        return attempts.find(paymentId);
    }

    /**
     * Opens the attempt at the provider and ends the command that began it. Doing it again opens the same one. Fails with {@link
     * ProviderUnavailable} or {@link ProviderRefused}; what that means is for the caller to say.
     */
    public Mono<PaymentView> open(PaymentView payment, Idempotency repeat) {
        return attempts.orderNumber(payment.paymentId())
                .map(number -> request(payment, number))
                .flatMap(provider::open)
                .flatMap(session -> attempts.opened(opened(payment, session, repeat)))
                .doOnError(ProviderRefused.class, refused -> LOG.error("The provider refuses payments", refused));
    }

    /** A refusal is a fault in our setting up of the provider: to the buyer it is as if it could not be reached. */
    private static boolean isUnusable(Throwable error) {
        return error instanceof ProviderUnavailable || error instanceof ProviderRefused;
    }

    private static OpenPayment request(PaymentView payment, String orderNumber) {
        return new OpenPayment(
                new PaymentId(payment.paymentId()),
                orderNumber,
                payment.amount().money(),
                payment.method().name(),
                payment.returnUrl(),
                payment.expiresAt());
    }

    private static AttemptStore.Opened opened(PaymentView payment, ProviderSession session, Idempotency repeat) {
        return new AttemptStore.Opened(
                payment.paymentId(), session.reference(), session.url(), session.clientSecret(), repeat);
    }
}
