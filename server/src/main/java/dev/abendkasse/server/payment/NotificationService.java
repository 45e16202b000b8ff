package dev.abendkasse.server.payment;

import dev.abendkasse.server.payment.store.FactStore;
import dev.abendkasse.server.payment.store.StoredFact;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.standardwebhooks.SignedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Takes in what the provider says: check, store, act. Once it is stored, the answer is yes, whatever acting brings. */
@Service
public class NotificationService {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationService.class);

    private final PaymentProperties properties;
    private final NotificationSignatures signatures;
    private final FactStore facts;
    private final FactHandler handler;

    NotificationService(
            PaymentProperties properties, NotificationSignatures signatures, FactStore facts, FactHandler handler) {
        this.properties = properties;
        this.signatures = signatures;
        this.facts = facts;
        this.handler = handler;
    }

    /** Gives the body of a message that is really from the provider. */
    public Mono<String> verified(String provider, SignedMessage message) {
        if (!properties.hears(provider)) {
            return Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND));
        }
        if (!signatures.fits(message)) {
            LOG.warn("A payment notification came with a wrong signature or too late");
            return Mono.error(() -> new ProblemException(ProblemType.SIGNATURE_INVALID));
        }
        return Mono.just(message.body());
    }

    /** Empty answers of the store are duplicates, which were acted on or will be, or nothing of ours. */
    public Mono<Void> receive(Notification notification) {
        return facts.store(notification, properties.replayRetry()).flatMap(stored -> act(notification, stored));
    }

    private Mono<Void> act(Notification notification, StoredFact stored) {
        if (stored.payment() == null) {
            LOG.error(
                    "The provider speaks of payment {}, which is not ours: look at fact {}",
                    notification.payment(),
                    stored.factId());
            return handler.giveUpNow(stored.factId());
        }
        return handler.handleNow(toFact(notification, stored.factId(), stored.payment()));
    }

    private static PaymentFact toFact(Notification notification, long factId, PaymentId payment) {
        return new PaymentFact(
                factId,
                payment,
                notification.kind(),
                notification.amount(),
                notification.occurredAt(),
                notification.reference(),
                notification.subject());
    }
}
