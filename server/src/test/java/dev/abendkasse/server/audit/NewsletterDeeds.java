package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.NewsletterContents;
import dev.abendkasse.office.model.NewsletterDispatch;
import dev.abendkasse.office.model.NewsletterIssueDraft;
import dev.abendkasse.office.model.NewsletterTest;
import dev.abendkasse.office.model.NewsletterText;
import dev.abendkasse.office.model.NewsletterWithdrawalReason;
import dev.abendkasse.office.model.NewsletterWordingDraft;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What staff do with the newsletter. */
record NewsletterDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    private static final String FIRST = "\"1\"";

    Map<String, Deed> all() {
        return Map.ofEntries(
                Map.entry(
                        "createNewsletterIssue",
                        Deed.once(() -> () -> office.newsletterIssues().createNewsletterIssue(draft()))),
                Map.entry("updateNewsletterIssue", Deed.once(() -> {
                    var issue = issue();
                    return () -> office.newsletterIssues().updateNewsletterIssue(issue, FIRST, draft());
                })),
                Map.entry("testNewsletterIssue", Deed.once(() -> {
                    var issue = issue();
                    return () -> office.newsletterIssues()
                            .testNewsletterIssue(
                                    issue,
                                    new NewsletterTest()
                                            .to(Set.of("press@example.org"))
                                            .language("de"));
                })),
                Map.entry("sendNewsletterIssue", Deed.once(() -> {
                    var issue = issue();
                    return () -> office.newsletterIssues().sendNewsletterIssue(issue, FIRST, tomorrow());
                })),
                Map.entry("pauseNewsletterIssue", Deed.once(() -> {
                    var issue = scheduled();
                    return () -> office.newsletterIssues().pauseNewsletterIssue(issue, "\"2\"");
                })),
                Map.entry("resumeNewsletterIssue", Deed.once(() -> {
                    var issue = scheduled();
                    office.newsletterIssues().pauseNewsletterIssue(issue, "\"2\"");
                    return () -> office.newsletterIssues().resumeNewsletterIssue(issue, "\"3\"");
                })),
                Map.entry("cancelNewsletterIssue", Deed.once(() -> {
                    var issue = issue();
                    return () -> office.newsletterIssues().cancelNewsletterIssue(issue, FIRST);
                })),
                Map.entry("downloadNewsletterDeliveries", Deed.once(() -> {
                    var issue = issue();
                    return () -> office.newsletterIssues().downloadNewsletterDeliveries(issue, null, 10);
                })),
                Map.entry(
                        "createNewsletterWording",
                        Deed.once(() -> () -> office.newsletterDesk()
                                .createNewsletterWording(new NewsletterWordingDraft()
                                        .textDe("Ja, bitte")
                                        .textEn("Yes, please")))),
                Map.entry("withdrawCustomerNewsletter", Deed.once(() -> {
                    var customer = subscriber();
                    return () -> office.newsletterDesk()
                            .withdrawCustomerNewsletter(
                                    customer, new NewsletterWithdrawalReason().reason("By telephone"));
                })));
    }

    private UUID scheduled() throws ApiException {
        var issue = issue();
        office.newsletterIssues().sendNewsletterIssue(issue, FIRST, tomorrow());
        return issue;
    }

    private UUID issue() throws ApiException {
        return office.newsletterIssues().createNewsletterIssue(draft()).getIssueId();
    }

    private static NewsletterIssueDraft draft() {
        return new NewsletterIssueDraft()
                .name("December")
                .contents(new NewsletterContents()
                        .en(new NewsletterText().subject("What is on").body("Much")));
    }

    private static NewsletterDispatch tomorrow() {
        return new NewsletterDispatch()
                .sendAt(OffsetDateTime.now(ZoneOffset.UTC).plusDays(1));
    }

    private UUID subscriber() {
        var customer = theatre.value(
                "insert into customer (name, password_hash) values ('Example Reader', 'x') returning customer_id",
                UUID.class);
        theatre.count("select count(*) from import_consents(jsonb_build_array(jsonb_build_object('customerId', '"
                + customer + "', 'newsletterConsentAt', now(), 'newsletterConsentFrom', 'row 1')))");
        return customer;
    }
}
