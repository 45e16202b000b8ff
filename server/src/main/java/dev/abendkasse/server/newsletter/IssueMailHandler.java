package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.mail.Mail;
import dev.abendkasse.server.mail.Mailer;
import dev.abendkasse.server.mail.RecipientRefused;
import dev.abendkasse.server.newsletter.domain.IssueText;
import dev.abendkasse.server.newsletter.domain.MailStatus;
import dev.abendkasse.server.newsletter.domain.Obstacle;
import dev.abendkasse.server.newsletter.store.DispatchStore;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.outbox.TryLater;
import dev.abendkasse.server.outbox.Undeliverable;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Mails issues to those who may still get them when it is their turn. A lane of its own, and a narrow one: what buyers wait for is
 * not held up by it.
 */
@Component
class IssueMailHandler implements OutboxHandler {

    private static final Duration STOPPED = Duration.ofSeconds(30);

    private final DispatchStore dispatch;
    private final IssueMails mails;
    private final Mailer mailer;
    private final NewsletterProperties properties;

    IssueMailHandler(DispatchStore dispatch, IssueMails mails, Mailer mailer, NewsletterProperties properties) {
        this.dispatch = dispatch;
        this.mails = mails;
        this.mailer = mailer;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return "NEWSLETTER_MAIL";
    }

    @Override
    public int atOnce() {
        return properties.atOnce();
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        return message.payload().path("test").asBoolean(false)
                ? mailer.send(test(message))
                : send(UUID.fromString(message.key()));
    }

    /** What could not leave, and need not. */
    @Override
    public Mono<Void> dismissed(String key) {
        return key.startsWith("test:") ? Mono.empty() : dispatch.leaveOut(UUID.fromString(key), Obstacle.DISMISSED);
    }

    private Mono<Void> send(UUID delivery) {
        return dispatch.begin(delivery)
                .flatMap(facts -> facts.stopped()
                        ? Mono.<Void>error(() -> TryLater.untried(STOPPED))
                        : mailer.send(mails.mail(delivery, facts)).then(Mono.defer(() -> dispatch.sent(delivery))))
                .onErrorResume(RecipientRefused.class, refused -> refused(delivery, refused.status()))
                .onErrorResume(Undeliverable.class, _ -> dispatch.leaveOut(delivery, Obstacle.REFUSED));
    }

    private Mono<Void> refused(UUID delivery, @Nullable String status) {
        return MailStatus.isForGood(status)
                ? dispatch.refused(delivery, Objects.requireNonNull(status))
                : dispatch.leaveOut(delivery, Obstacle.REFUSED);
    }

    private Mail test(OutboxMessage message) {
        var payload = message.payload();
        var content = payload.path("content");
        return mails.test(
                message.id(),
                message.createdAt(),
                payload.path("sender").asString(),
                payload.path("email").asString(),
                payload.path("language").asString(),
                new IssueText(
                        content.path("subject").asString(), content.path("body").asString()));
    }
}
