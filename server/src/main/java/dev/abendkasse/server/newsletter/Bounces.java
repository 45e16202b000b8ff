package dev.abendkasse.server.newsletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.abendkasse.server.newsletter.domain.Bounce;
import dev.abendkasse.server.newsletter.report.DeliveryReport;
import dev.abendkasse.server.newsletter.store.DispatchStore;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.standardwebhooks.SharedSecrets;
import dev.abendkasse.server.standardwebhooks.SignedMessage;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What comes back, told by whoever takes the mails away or handed in by the mail server itself. */
@Service
public class Bounces {

    private static final Logger LOG = LoggerFactory.getLogger(Bounces.class);

    private static final String SETTING = "abendkasse.newsletter.bounce-secrets";

    private final DispatchStore dispatch;
    private final SharedSecrets secrets;
    private final @Nullable String reportSecret;

    Bounces(DispatchStore dispatch, NewsletterProperties properties) {
        this.dispatch = dispatch;
        this.secrets = SharedSecrets.of(properties.bounceSecrets(), SETTING);
        this.reportSecret = properties.reportSecret();
    }

    /** Gives the body of a message that really is from whoever may tell of bounces. */
    public Mono<String> verified(SignedMessage message) {
        if (secrets.isEmpty()) {
            return Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND));
        }
        if (!secrets.fit(message)) {
            LOG.warn("A bounce was told of with a wrong signature, or too late");
            return Mono.error(() -> new ProblemException(ProblemType.SIGNATURE_INVALID));
        }
        return Mono.just(message.body());
    }

    public Mono<Void> note(Bounce bounce) {
        return dispatch.note(bounce);
    }

    /**
     * A mail that came back, as it came. What is no report of a mail of ours is passed over.
     *
     * @param secret what the mail server shows
     */
    public Mono<Void> take(String secret, byte[] mail) {
        if (reportSecret == null) {
            return Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND));
        }
        if (!MessageDigest.isEqual(secret.getBytes(UTF_8), reportSecret.getBytes(UTF_8))) {
            LOG.warn("A mail that came back was handed in with a wrong secret");
            return Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED));
        }
        return Mono.fromCallable(() -> DeliveryReport.read(mail))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(Mono::justOrEmpty)
                .flatMap(dispatch::note);
    }
}
