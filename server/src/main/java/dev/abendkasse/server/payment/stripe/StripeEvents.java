package dev.abendkasse.server.payment.stripe;

import dev.abendkasse.server.payment.NotificationService;
import dev.abendkasse.server.payment.ProviderChoice;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Takes in Stripe's events: check, store, act. */
@Service
@Conditional(ProviderChoice.Stripe.class)
public class StripeEvents {

    private static final Logger LOG = LoggerFactory.getLogger(StripeEvents.class);

    private final StripeSignatures signatures;
    private final StripeEventReader reader;
    private final NotificationService notifications;

    StripeEvents(StripeSignatures signatures, StripeEventReader reader, NotificationService notifications) {
        this.signatures = signatures;
        this.reader = reader;
        this.notifications = notifications;
    }

    /**
     * @param body as it came, because the signature is over every byte of it
     * @return the event's name, once it is stored or known to be of no concern
     */
    public Mono<String> receive(String signature, String body) {
        if (!signatures.fit(signature, body)) {
            LOG.warn("An event came that Stripe did not sign, or too late");
            return Mono.error(() -> new ProblemException(ProblemType.SIGNATURE_INVALID));
        }
        return Mono.fromSupplier(() -> reader.read(body)).flatMap(this::receive);
    }

    private Mono<String> receive(StripeEvent event) {
        return Mono.justOrEmpty(event.notification())
                .flatMap(notifications::receive)
                .thenReturn(event.id());
    }
}
