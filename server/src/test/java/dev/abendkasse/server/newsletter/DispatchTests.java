package dev.abendkasse.server.newsletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.NewsletterDispatch;
import dev.abendkasse.office.model.NewsletterIssue;
import dev.abendkasse.office.model.NewsletterIssueState;
import dev.abendkasse.office.model.NewsletterTest;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.newsletter.Readers.Reader;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets an issue, and what staff see of it. */
class DispatchTests {

    private static Postbox postbox;
    private static Theatre theatre;
    private static Readers readers;
    private static AbendkasseOfficeClient office;

    @BeforeAll
    static void open() {
        postbox = Postbox.open();
        theatre = Readers.open(postbox, Map.of());
        readers = new Readers(theatre);
        office = theatre.office();
    }

    @AfterAll
    static void close() {
        theatre.close();
        postbox.close();
    }

    /** Each test has its own readers. */
    @BeforeEach
    void letNobodyElseRead() {
        Theatre.execute(
                theatre.db(),
                "select withdraw_consent(customer_id, 'ACCOUNT') from customer where merged_into is null");
    }

    @AfterEach
    void openAgain() {
        setOpen(true);
    }

    @Test
    void p9AndM19IssueReachesThoseWhoCanSignInHaveSaidYesAndReadTheirMailboxAndTheRestIsAccountedFor()
            throws Exception {
        var reader = readers.subscriber();
        var silent = readers.customer();
        var claimless = readers.subscriberWith("password_hash = null");
        var locked = readers.subscriberWith("locked_at = now(), locked_by = 'admin'");
        var merged =
                readers.subscriberWith("password_hash = null, merged_at = now(), merged_into = '" + reader.id() + "'");
        var withdrawn = readers.subscriber();
        Theatre.execute(theatre.db(), "select withdraw_consent('" + withdrawn.id() + "', 'ACCOUNT')");
        var unproven = readers.subscriber();
        Theatre.execute(
                theatre.db(), "update customer_email set proven_at = null where customer_id = '" + unproven.id() + "'");
        var unreachable = readers.subscriber();
        Theatre.execute(
                theatre.db(), "insert into newsletter_dead_address (canonical) values ('" + unreachable.email() + "')");

        var issue = readers.sent("Dezember");

        assertThat(MailFixture.read(postbox.mailTo(reader.email())).subject()).isEqualTo("Dezember");
        assertThat(issue.getProgress().getSent()).isEqualTo(1);
        assertThat(issue.getProgress().getWaiting()).isZero();
        assertThat(readers.reason(issue, reader)).isEmpty();
        assertThat(readers.reason(issue, claimless)).isEqualTo("CANNOT_LOG_IN");
        assertThat(readers.reason(issue, locked)).isEqualTo("LOCKED");
        assertThat(readers.reason(issue, merged)).isEqualTo("MERGED");
        assertThat(readers.reason(issue, withdrawn)).isEqualTo("WITHDRAWN");
        assertThat(readers.reason(issue, unproven)).isEqualTo("ADDRESS_NOT_PROVEN");
        assertThat(readers.reason(issue, unreachable)).isEqualTo("BOUNCED");
        for (var other : Set.of(silent, claimless, locked, merged, withdrawn, unproven, unreachable)) {
            assertThat(postbox.mailsTo(other.email())).isEmpty();
        }
        var left = issue.getProgress().getLeftOut().stream()
                .mapToLong(one -> one.getCount())
                .sum();
        assertThat(left + issue.getProgress().getSent())
                .isEqualTo(theatre.count("select count(*) from customer where merged_into is null") + 1);
    }

    @Test
    void m19NobodyIsListedBeforeTheirTurnAndTheMailGoesToTheAddressOfThatMoment() throws Exception {
        var reader = readers.subscriber();
        var issue = office.newsletterIssues()
                .sendNewsletterIssue(
                        readers.draft("Later").getIssueId(),
                        "\"1\"",
                        new NewsletterDispatch()
                                .sendAt(OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        assertThat(issue.getState()).isEqualTo(NewsletterIssueState.SCHEDULED);
        assertThat(deliveries(issue.getIssueId())).isZero();
        Theatre.execute(theatre.db(), """
                update customer_email set until = clock_timestamp() where customer_id = '%1$s';
                insert into customer_email (customer_id, email, canonical, match_key, proven_at)
                values ('%1$s', 'new-%1$s@example.org', 'new-%1$s@example.org', sha256('%1$s'), clock_timestamp())
                """.formatted(reader.id()));

        Theatre.execute(theatre.db(), "update newsletter_issue set send_at = now() where state = 'SCHEDULED'");
        readers.awaitSent(issue.getIssueId());

        assertThat(postbox.mailTo("new-" + reader.id() + "@example.org")).isNotNull();
        assertThat(postbox.mailsTo(reader.email())).isEmpty();
    }

    @Test
    void p9NothingIsSentWhileAnImportHasRowsThatNobodyHasExplained() throws Exception {
        readers.subscriber();
        var issue = readers.draft("Closed");
        setOpen(false);

        assertThatThrownBy(() -> readers.send(issue))
                .satisfies(e -> assertThat(((ApiException) e).getResponseBody()).contains("newsletter-closed"));
        assertThat(office.newsletterIssues()
                        .getNewsletterPreview(issue.getIssueId(), "de")
                        .getOpen())
                .isFalse();
        setOpen(true);
        var sending = readers.send(issue);

        readers.awaitSent(sending.getIssueId());
    }

    @Test
    void pausedIssueWaitsAndGoesOnWhereItWasAndACancelledOneLeavesTheRestOut() throws Exception {
        var reader = readers.subscriber();
        var paused = office.newsletterIssues().pauseNewsletterIssue(scheduled().getIssueId(), "\"2\"");
        Theatre.execute(
                theatre.db(),
                "update newsletter_issue set send_at = now() where issue_id = '" + paused.getIssueId() + "'");
        assertThatThrownBy(() -> office.newsletterIssues().pauseNewsletterIssue(paused.getIssueId(), "\"3\""))
                .satisfies(e ->
                        assertThat(((ApiException) e).getResponseBody()).contains("newsletter-issue-state-conflict"));
        assertThat(deliveries(paused.getIssueId())).isZero();
        office.newsletterIssues().resumeNewsletterIssue(paused.getIssueId(), "\"3\"");
        readers.awaitSent(paused.getIssueId());
        assertThat(postbox.mailsTo(reader.email())).hasSize(1);

        var cancelled = scheduled();
        Theatre.execute(theatre.db(), """
                insert into newsletter_delivery (issue_id, customer_id, state) values ('%1$s', '%2$s', 'WAITING');
                select post_message('NEWSLETTER_MAIL', delivery_id::text, '{}', now() + interval '1 hour')
                  from newsletter_delivery where issue_id = '%1$s'
                """.formatted(cancelled.getIssueId(), reader.id()));
        office.newsletterIssues().cancelNewsletterIssue(cancelled.getIssueId(), Readers.etag(cancelled));
        Theatre.execute(
                theatre.db(),
                "update outbox_message set due_at = now() where kind = 'NEWSLETTER_MAIL' and state = 'WAITING'");
        awaitReason(cancelled, reader);

        assertThat(readers.reason(cancelled, reader)).isEqualTo("CANCELLED");
        assertThat(postbox.mailsTo(reader.email())).hasSize(1);
    }

    @Test
    void previewShowsWhatReadersGetWithoutScriptsAndHowManyThereAre() throws Exception {
        readers.subscriber();
        readers.subscriberWith("password_hash = null");
        var issue = readers.draft("Vorschau");

        var preview = office.newsletterIssues().getNewsletterPreview(issue.getIssueId(), "en");

        assertThat(preview.getSubject()).isEqualTo("Vorschau");
        assertThat(preview.getHtml())
                .contains("<h1>Im Dezember</h1>", "href=\"https://shop.example.org/events\"")
                .doesNotContain("<script");
        assertThat(preview.getText()).contains("Im Dezember", "https://shop.example.org/events");
        assertThat(preview.getRecipients()).isEqualTo(1);
        assertThat(preview.getLeftOut().stream()
                        .filter(one -> one.getReason().name().equals("CANNOT_LOG_IN"))
                        .mapToLong(one -> one.getCount()))
                .containsExactly(1L);
    }

    @Test
    void testGoesToPeopleOfTheHouseAndToNoCustomer() throws Exception {
        var customer = readers.customer();
        var issue = readers.draft("Probe");

        office.newsletterIssues()
                .testNewsletterIssue(
                        issue.getIssueId(),
                        new NewsletterTest().to(Set.of("press@example.org")).language("de"));

        assertThat(MailFixture.read(postbox.mailTo("press@example.org")).subject())
                .isEqualTo("[TEST] Probe");
        assertThatThrownBy(() -> office.newsletterIssues()
                        .testNewsletterIssue(
                                issue.getIssueId(),
                                new NewsletterTest()
                                        .to(Set.of(customer.email()))
                                        .language("de")))
                .satisfies(e -> assertThat(((ApiException) e).getResponseBody()).contains("#/to/0"));
        assertThat(postbox.mailsTo(customer.email())).isEmpty();
    }

    @Test
    void reportSaysForEveryoneWhatBecameOfTheIssue() throws Exception {
        var reader = readers.subscriber();
        var locked = readers.subscriberWith("locked_at = now(), locked_by = 'admin'");
        var issue = readers.sent("Report");

        var file = report(issue);

        assertThat(file).startsWith("deliveryId,customerId,state,reason,email,decidedAt,bounce");
        assertThat(file).contains(reader.id() + ",SENT,," + reader.email(), locked.id() + ",LEFT_OUT,LOCKED,,");
        assertThat(file.lines().count()).isEqualTo(1 + deliveries(issue.getIssueId()));

        Theatre.execute(theatre.db(), "select erase_newsletter('" + reader.id() + "')");

        assertThat(report(issue)).contains(reader.id() + ",SENT,,,").doesNotContain(reader.email());
    }

    private static String report(NewsletterIssue issue) throws Exception {
        return Files.readString(office.newsletterIssues()
                .downloadNewsletterDeliveries(issue.getIssueId(), null, 10_000)
                .toPath());
    }

    @Test
    void mailsLeaveAtThePaceThatIsSetAndNoFurtherThanAMinuteAhead() throws Exception {
        for (int i = 0; i < 30; i++) {
            readers.subscriber();
        }
        var issue = readers.draft("Paced");
        Theatre.execute(
                theatre.db(),
                "update newsletter_issue set state = 'SENDING', send_at = now() + interval '1 hour', started_at = now()"
                        + " where issue_id = '" + issue.getIssueId() + "'");
        Theatre.execute(theatre.db(), """
                update newsletter_issue set send_at = now() - interval '1 hour' where issue_id = '%s';
                select advance_newsletter('{"perMinute": 10, "batch": 10}');
                select advance_newsletter('{"perMinute": 10, "batch": 10}');
                select advance_newsletter('{"perMinute": 10, "batch": 10}')
                """.formatted(issue.getIssueId()));

        var posted = theatre.count(waiting(issue.getIssueId(), "count(*)"));
        var gap = theatre.value(
                waiting(
                        issue.getIssueId(),
                        "(extract(epoch from max(due_at) - min(due_at)) / (count(*) - 1))::double precision"),
                Double.class);

        assertThat(posted).isBetween(10L, 20L);
        assertThat(gap).isBetween(5.9, 6.1);
        office.newsletterIssues().cancelNewsletterIssue(issue.getIssueId(), "\"1\"");
    }

    private static String waiting(UUID issue, String what) {
        return "select " + what + " from outbox_message join newsletter_delivery on key = delivery_id::text"
                + " where kind = 'NEWSLETTER_MAIL' and issue_id = '" + issue + "'";
    }

    private static NewsletterIssue scheduled() throws Exception {
        return office.newsletterIssues()
                .sendNewsletterIssue(
                        readers.draft("Scheduled").getIssueId(),
                        "\"1\"",
                        new NewsletterDispatch()
                                .sendAt(OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    private static void awaitReason(NewsletterIssue issue, Reader reader) {
        Awaitility.await().until(() -> !readers.reason(issue, reader).isEmpty());
    }

    private static long deliveries(UUID issue) {
        return theatre.count("select count(*) from newsletter_delivery where issue_id = '" + issue + "'");
    }

    private static void setOpen(boolean open) {
        Theatre.execute(
                theatre.db(),
                "create or replace function newsletter_open() returns boolean language sql stable as $$ select " + open
                        + " $$");
    }
}
