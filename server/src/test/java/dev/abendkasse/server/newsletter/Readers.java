package dev.abendkasse.server.newsletter;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.NewsletterContents;
import dev.abendkasse.office.model.NewsletterDispatch;
import dev.abendkasse.office.model.NewsletterIssue;
import dev.abendkasse.office.model.NewsletterIssueDraft;
import dev.abendkasse.office.model.NewsletterIssueState;
import dev.abendkasse.office.model.NewsletterText;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Customers who read the newsletter or do not, and issues for them. */
final class Readers {

    static final String PAGE = "https://shop.example.org/account";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern SECRET = Pattern.compile("#newsletter-(?:confirmation|withdrawal)=([A-Za-z0-9_-]+)");

    private final Theatre theatre;
    private final AbendkasseOfficeClient office;

    Readers(Theatre theatre) {
        this.theatre = theatre;
        this.office = theatre.office();
    }

    /** What tests of the newsletter start a server with: mails arrive, and fast. */
    static Map<String, Object> settings(Postbox postbox) {
        var settings = new HashMap<>(postbox.settings());
        settings.put("abendkasse.newsletter.mails-per-minute", 60_000);
        settings.put("abendkasse.newsletter.look-every", "100ms");
        settings.put("abendkasse.newsletter.asks-per-minute", 1_000_000);
        return settings;
    }

    static Theatre open(Postbox postbox, Map<String, Object> more) {
        var settings = settings(postbox);
        settings.putAll(more);
        var theatre = Theatre.open(settings);
        Theatre.execute(theatre.db(), "update shop set account_page_url = '" + PAGE + "'");
        return theatre;
    }

    record Reader(UUID id, String email) {}

    /** Can sign in and reads the mailbox, but has never said yes. */
    Reader customer() {
        var id = UUID.randomUUID();
        var email = "reader-" + id + "@example.org";
        Theatre.execute(theatre.db(), """
                with one as (
                    insert into customer (customer_id, name, password_hash, language)
                    values ('%1$s', 'Example Reader', 'x', 'de')
                )
                insert into customer_email (customer_id, email, canonical, match_key, proven_at)
                values ('%1$s', '%2$s', '%2$s', sha256('%2$s'), clock_timestamp())
                """.formatted(id, email));
        return new Reader(id, email);
    }

    /** Gets every issue. */
    Reader subscriber() {
        var reader = customer();
        consents(reader);
        return reader;
    }

    void consents(Reader reader) {
        importConsent(reader.id(), "clock_timestamp() - interval '1 day'", "row 1");
    }

    /** @return whether the customer has a consent through it */
    boolean importConsent(UUID customer, String at, String from) {
        return theatre.count("""
                select count(*) from import_consents(jsonb_build_array(jsonb_build_object(
                    'customerId', '%s', 'newsletterConsentAt', %s, 'newsletterConsentFrom', '%s')))
                """.formatted(customer, at, from)) > 0;
    }

    /** @param set what is to be different about the account */
    Reader subscriberWith(String set) {
        var reader = subscriber();
        change(reader, set);
        return reader;
    }

    void change(Reader reader, String set) {
        Theatre.execute(theatre.db(), "update customer set " + set + " where customer_id = '" + reader.id() + "'");
    }

    String state(Reader reader) {
        return theatre.value("select newsletter_state('" + reader.id() + "')", String.class);
    }

    NewsletterIssue draft(String subject) throws Exception {
        var text = new NewsletterText()
                .subject(subject)
                .body("# Im Dezember\n\n[Der Spielplan](https://shop.example.org/events) <script>alert(1)</script>");
        return office.newsletterIssues()
                .createNewsletterIssue(
                        new NewsletterIssueDraft().name("December").contents(new NewsletterContents().de(text)));
    }

    NewsletterIssue send(NewsletterIssue issue) throws Exception {
        return office.newsletterIssues().sendNewsletterIssue(issue.getIssueId(), etag(issue), new NewsletterDispatch());
    }

    NewsletterIssue sent(String subject) throws Exception {
        return awaitSent(send(draft(subject)).getIssueId());
    }

    NewsletterIssue awaitSent(UUID issue) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> office.newsletterIssues().getNewsletterIssue(issue), this::isSent);
    }

    private boolean isSent(NewsletterIssue issue) {
        return issue.getState() == NewsletterIssueState.SENT;
    }

    static String etag(NewsletterIssue issue) {
        return "\"" + issue.getVersion() + "\"";
    }

    /** Why this customer was left out; empty if not. */
    String reason(NewsletterIssue issue, Reader reader) {
        return theatre.value(
                "select coalesce(max(reason), '') from newsletter_delivery where issue_id = '" + issue.getIssueId()
                        + "' and customer_id = '" + reader.id() + "'",
                String.class);
    }

    /** The secret after the # of the link in a mail. */
    static String secret(MimeMessage mail) {
        var link = SECRET.matcher(MailFixture.read(mail).text());
        if (!link.find()) {
            throw new AssertionError(
                    "There is no link in " + MailFixture.read(mail).text());
        }
        return link.group(1);
    }

    /** The path that a mail program sends its form to. */
    static String oneClickPath(MimeMessage mail) {
        return header(mail, "List-Unsubscribe")
                .replaceFirst("^<https?://[^/]+", "")
                .replaceFirst(">$", "");
    }

    static String header(MimeMessage mail, String name) {
        try {
            return Objects.requireNonNull(mail.getHeader(name, null), name);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
