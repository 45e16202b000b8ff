package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.mail.Mail;
import dev.abendkasse.server.mail.Mailer;
import dev.abendkasse.server.newsletter.domain.ConfirmationFacts;
import dev.abendkasse.server.newsletter.store.ConsentStore;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.shared.OneLine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Mails the link that confirms a request for the newsletter, if there is still something to confirm. */
@Component
class ConfirmationHandler implements OutboxHandler {

    private static final String TEMPLATE = "newsletter-confirmation";

    private final ConsentStore consents;
    private final NewsletterLinks links;
    private final Mailer mailer;

    ConfirmationHandler(ConsentStore consents, NewsletterLinks links, Mailer mailer) {
        this.consents = consents;
        this.links = links;
        this.mailer = mailer;
    }

    @Override
    public String kind() {
        return "NEWSLETTER_CONFIRM";
    }

    @Override
    public int atOnce() {
        return mailer.atOnce();
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var request = UUID.fromString(message.key());
        return consents.confirmationFacts(request)
                .map(facts -> mail(message.id(), request, facts))
                .flatMap(mailer::send);
    }

    private Mail mail(UUID id, UUID request, ConfirmationFacts facts) {
        Map<String, Object> model = Map.of(
                "layout", "newsletter-layout",
                "name", OneLine.of(facts.name()),
                "wording", facts.wording(),
                "url", links.confirmation(facts.page(), request));
        return new Mail(
                id,
                facts.now(),
                facts.sender(),
                new Mail.Recipient(facts.email(), facts.name()),
                Locale.forLanguageTag(facts.language()),
                new Mail.Content(TEMPLATE, List.of(OneLine.of(facts.sender())), model),
                List.of());
    }
}
