package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.mail.Mail;
import dev.abendkasse.server.newsletter.domain.IssueMailFacts;
import dev.abendkasse.server.newsletter.domain.IssueText;
import dev.abendkasse.server.newsletter.markup.Markup;
import dev.abendkasse.server.shared.OneLine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Puts mails of issues together. */
@Component
class IssueMails {

    private static final String TEMPLATE = "newsletter-issue";
    private static final String TEST_TEMPLATE = "newsletter-test";

    private final NewsletterLinks links;
    private final NewsletterProperties properties;
    private final Markup markup = new Markup();

    IssueMails(NewsletterLinks links, NewsletterProperties properties) {
        this.links = links;
        this.properties = properties;
    }

    /** @param delivery the mail's id: its links are for it, and what comes back is known by it */
    Mail mail(UUID delivery, IssueMailFacts facts) {
        var language = Objects.requireNonNull(facts.language());
        var text =
                Objects.requireNonNull(Objects.requireNonNull(facts.contents()).get(language));
        var sender = Objects.requireNonNull(facts.sender());
        return new Mail(
                delivery,
                Objects.requireNonNull(facts.now()),
                sender,
                new Mail.Recipient(Objects.requireNonNull(facts.email()), facts.name()),
                Locale.forLanguageTag(language),
                content(TEMPLATE, text, links.withdrawal(Objects.requireNonNull(facts.page()), delivery)),
                List.of(),
                mailing(delivery));
    }

    /** To somebody of the house. Its links lead nowhere: nobody subscribed. */
    Mail test(UUID id, Instant now, String sender, String email, String language, IssueText text) {
        return new Mail(
                id,
                now,
                sender,
                new Mail.Recipient(email, null),
                Locale.forLanguageTag(language),
                content(TEST_TEMPLATE, text, ""),
                List.of(),
                mailing(id));
    }

    Mail.Content content(String template, IssueText text, String url) {
        var rendered = markup.render(text.body());
        Map<String, Object> model =
                Map.of("layout", "newsletter-layout", "html", rendered.html(), "text", rendered.text(), "url", url);
        return new Mail.Content(template, List.of(OneLine.of(text.subject())), model);
    }

    Mail.Content preview(IssueText text) {
        return content(TEMPLATE, text, "");
    }

    private Mail.Mailing mailing(UUID id) {
        return new Mail.Mailing(links.oneClick(id), properties.sender(), properties.bounceAddress());
    }
}
