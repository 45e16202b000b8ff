package dev.abendkasse.server.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.abendkasse.server.newsletter.Readers.Reader;
import dev.abendkasse.server.newsletter.report.DeliveryReportTests;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Mails that came back. */
class BounceTests {

    private static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("0123456789abcdef01234567".getBytes());
    private static final String REPORT_SECRET = "a-secret-of-the-mail-server";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Postbox postbox;
    private static Theatre theatre;
    private static Readers readers;

    @BeforeAll
    static void open() {
        postbox = Postbox.open();
        theatre = Readers.open(
                postbox,
                Map.of(
                        "abendkasse.newsletter.bounce-secrets",
                        SECRET,
                        "abendkasse.newsletter.report-secret",
                        REPORT_SECRET,
                        "abendkasse.newsletter.from",
                        "news@theatre.example",
                        "abendkasse.newsletter.bounces",
                        "bounces@theatre.example"));
        readers = new Readers(theatre);
    }

    @AfterAll
    static void close() {
        theatre.close();
        postbox.close();
    }

    @Test
    void addressThatCannotBeReachedGetsNoIssueAnyMoreUntilALinkCameThroughToIt() throws Exception {
        var reader = readers.subscriber();
        var delivery = sentTo(reader);

        assertThat(tell("hard-1", delivery, "HARD", SECRET)).isEqualTo(200);

        assertThat(readers.reason(readers.sent("After"), reader)).isEqualTo("BOUNCED");
        var standing = theatre.office().newsletterDesk().getCustomerNewsletter(reader.id());
        assertThat(standing.getUnreachableStatus()).isEqualTo("5.1.1");
        assertThat(standing.getObstacle().name()).isEqualTo("BOUNCED");
        assertThat(readers.state(reader)).isEqualTo("SUBSCRIBED");
    }

    @Test
    void complaintEndsTheConsentOnce() throws Exception {
        var reader = readers.subscriber();
        var delivery = sentTo(reader);

        AtOnce.run(IntStream.range(0, 8)
                .mapToObj(_ -> (AtOnce.Step) () -> tell("complaint-1", delivery, "COMPLAINT", SECRET))
                .toArray(AtOnce.Step[]::new));

        assertThat(readers.state(reader)).isEqualTo("WITHDRAWN");
        assertThat(theatre.count("select count(*) from newsletter_bounce where event_key = 'webhook:complaint-1'"))
                .isEqualTo(1);
        assertThat(theatre.count(
                        "select count(*) from newsletter_consent where source = 'COMPLAINT' and customer_id = '"
                                + reader.id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void softBouncesAreCountedAndKeepNobodyOut() throws Exception {
        var reader = readers.subscriber();
        var delivery = sentTo(reader);

        tell("soft-1", delivery, "SOFT", SECRET);
        tell("soft-1", delivery, "SOFT", SECRET);
        tell("soft-2", delivery, "SOFT", SECRET);

        assertThat(theatre.office()
                        .newsletterDesk()
                        .getCustomerNewsletter(reader.id())
                        .getSoftBounces())
                .isEqualTo(2);
        assertThat(readers.reason(readers.sent("After"), reader)).isEmpty();
    }

    @Test
    void forgedAndUnknownBouncesChangeNothingAndUnknownOnesAreBounded() throws Exception {
        var reader = readers.subscriber();
        var delivery = sentTo(reader);
        var other = "whsec_" + Base64.getEncoder().encodeToString("another-secret-of-another".getBytes());

        assertThat(tell("forged-1", delivery, "COMPLAINT", other)).isEqualTo(401);
        assertThat(tell("unknown-1", UUID.randomUUID(), "HARD", SECRET)).isEqualTo(200);
        Theatre.execute(theatre.db(), """
                select note_newsletter_bounce(jsonb_build_object('eventKey', 'many:' || n, 'kind', 'HARD',
                                                                 'deliveryId', gen_random_uuid()))
                  from generate_series(1, 1100) n
                """);

        assertThat(readers.state(reader)).isEqualTo("SUBSCRIBED");
        assertThat(theatre.count("select count(*) from newsletter_bounce where delivery_id is null"))
                .isEqualTo(1000);
    }

    @Test
    void mailServerHandsInWhatCameBack() throws Exception {
        var reader = readers.subscriber();
        var delivery = sentTo(reader);
        var report = DeliveryReportTests.report(delivery, "failed", "5.1.1");

        assertThat(handIn("a-secret-of-somebody-else", report)).isEqualTo(401);
        assertThat(dead(reader)).isZero();
        assertThat(handIn(REPORT_SECRET, "Subject: I am away\r\n\r\nUntil Monday\r\n"))
                .isEqualTo(200);
        assertThat(handIn(REPORT_SECRET, report)).isEqualTo(200);
        assertThat(handIn(REPORT_SECRET, report)).isEqualTo(200);
        assertThat(handIn(REPORT_SECRET, "x".repeat(300_000))).isEqualTo(413);

        assertThat(dead(reader)).isEqualTo(1);
        assertThat(theatre.count("select count(*) from newsletter_bounce where delivery_id = '" + delivery + "'"))
                .isEqualTo(1);
    }

    @Test
    void complaintThatAFeedbackLoopPassesOnEndsTheConsent() throws Exception {
        var reader = readers.subscriber();

        assertThat(handIn(REPORT_SECRET, DeliveryReportTests.complaint(sentTo(reader), "abuse")))
                .isEqualTo(200);

        assertThat(readers.state(reader)).isEqualTo("WITHDRAWN");
    }

    @Test
    void mailsComeBackToAnAddressThatSaysWhichTheyAre() throws Exception {
        var reader = readers.subscriber();
        var delivery = sentTo(reader);
        var mail = postbox.mailTo(reader.email());

        assertThat(Readers.header(mail, "Return-Path")).isEqualTo("<bounces+" + delivery + "@theatre.example>");
        assertThat(Readers.header(mail, "From")).contains("news@theatre.example");
        assertThat(Readers.header(mail, "Message-ID")).isEqualTo("<" + delivery + "@theatre.example>");
    }

    private static UUID sentTo(Reader reader) throws Exception {
        var issue = readers.sent("Issue");
        return theatre.value(
                "select delivery_id from newsletter_delivery where issue_id = '" + issue.getIssueId()
                        + "' and customer_id = '" + reader.id() + "'",
                UUID.class);
    }

    private static long dead(Reader reader) {
        return theatre.count("select count(*) from newsletter_dead_address where canonical = '" + reader.email() + "'");
    }

    private static int tell(String id, UUID delivery, String kind, String secret) throws Exception {
        var body = "{\"messageId\": \"<%s@theatre.example>\", \"kind\": \"%s\", \"status\": \"5.1.1\", \"more\": 1}"
                .formatted(delivery, kind);
        var now = Instant.now().getEpochSecond();
        return send(request("/v1/newsletter/bounces", "application/json", body)
                .header("Webhook-Id", id)
                .header("Webhook-Timestamp", String.valueOf(now))
                .header("Webhook-Signature", new Webhook(secret).sign(id, now, body)));
    }

    private static int handIn(String secret, String mail) throws Exception {
        return send(request("/v1/newsletter/delivery-reports", "message/rfc822", mail)
                .header("Report-Secret", secret));
    }

    private static HttpRequest.Builder request(String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create(theatre.address() + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static int send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
