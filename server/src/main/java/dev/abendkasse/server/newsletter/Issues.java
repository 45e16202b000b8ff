package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.mail.Mailer;
import dev.abendkasse.server.newsletter.domain.Issue;
import dev.abendkasse.server.newsletter.domain.IssueDraft;
import dev.abendkasse.server.newsletter.domain.NewsletterResult;
import dev.abendkasse.server.newsletter.domain.Preview;
import dev.abendkasse.server.newsletter.store.IssueStore;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Issues: written by staff, looked at, tested and sent. */
@Service
public class Issues {

    private final IssueStore issues;
    private final IssueMails mails;
    private final Mailer mailer;

    Issues(IssueStore issues, IssueMails mails, Mailer mailer) {
        this.issues = issues;
        this.mails = mails;
        this.mailer = mailer;
    }

    /** The newest first. */
    public Mono<Page<Issue>> list(@Nullable TimeCursor<UUID> before, int limit) {
        return issues.list(before, limit + 1)
                .collectList()
                .map(found ->
                        Page.of(found, limit, issue -> new TimeCursor<>(issue.createdAt(), issue.issueId()).text()));
    }

    /** Empty when there is no such issue. */
    public Mono<Issue> find(UUID issueId) {
        return issues.find(issueId);
    }

    public Mono<Issue> write(IssueDraft draft, String by) {
        return issues.add(draft, by);
    }

    /** @param version the one that whoever changes it has looked at */
    public Mono<NewsletterResult<Issue>> change(UUID issueId, long version, IssueDraft draft, String by) {
        return issues.change(issueId, version, draft, by);
    }

    /** @param at null for at once */
    public Mono<NewsletterResult<Issue>> send(UUID issueId, long version, @Nullable Instant at, String by) {
        return issues.send(issueId, version, at, by);
    }

    public Mono<NewsletterResult<Issue>> pause(UUID issueId, long version, String by) {
        return issues.turn("pause_newsletter_issue", issueId, version, by);
    }

    public Mono<NewsletterResult<Issue>> resume(UUID issueId, long version, String by) {
        return issues.turn("resume_newsletter_issue", issueId, version, by);
    }

    public Mono<NewsletterResult<Issue>> cancel(UUID issueId, long version, String by) {
        return issues.turn("cancel_newsletter_issue", issueId, version, by);
    }

    /** How many tests are on their way. Refused when an address is that of a customer. */
    public Mono<NewsletterResult<Integer>> test(UUID issueId, List<EmailAddress> to, String language, String by) {
        return issues.test(issueId, to, language, by);
    }

    /** Empty when there is no such issue. */
    public Mono<Preview> preview(UUID issueId, String language) {
        return issues.find(issueId).zipWhen(_ -> issues.reach()).flatMap(found -> {
            var text = found.getT1().in(language);
            return mailer.show(mails.preview(text), found.getT2().sender(), Locale.forLanguageTag(language))
                    .map(shown -> new Preview(shown.subject(), shown.html(), shown.text(), found.getT2()));
        });
    }
}
