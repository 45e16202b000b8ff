package dev.abendkasse.server.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.mail.FakeSmtp;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What askers learn and how often they may ask, and mail servers that take nothing. */
class NewsletterLimitTests {

    private static final Duration SLOT = Duration.ofMillis(300);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final AtomicReference<@Nullable String> ANSWER = new AtomicReference<>();

    private static FakeSmtp smtp;
    private static Theatre theatre;
    private static Readers readers;

    @BeforeAll
    static void open() {
        smtp = new FakeSmtp(command -> command.equals("RCPT") ? ANSWER.get() : null);
        var settings = new HashMap<String, Object>(Postbox.settings(smtp.port()));
        settings.putAll(Map.of(
                "abendkasse.newsletter.look-every",
                "100ms",
                "abendkasse.newsletter.asks-per-minute",
                3,
                "abendkasse.security.sign-in-slot",
                SLOT.toMillis() + "ms",
                "server.forward-headers-strategy",
                "framework"));
        theatre = Theatre.open(settings);
        readers = new Readers(theatre);
    }

    @AfterAll
    static void close() {
        theatre.close();
        smtp.close();
    }

    @Test
    void p12AnswersLeaveAtTheBoundaryOfTheSlotWhoeverIsAskedFor() throws Exception {
        for (var email : new String[] {
            readers.customer().email(), readers.subscriber().email(), "nobody-" + UUID.randomUUID() + "@example.org"
        }) {
            var start = System.nanoTime();
            var answer = ask(email, "192.0.2.1");

            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SLOT);
        }
    }

    @Test
    void p13WhoAsksTooOftenIsToldToWaitAndOthersAreNot() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(ask("nobody@example.org", "192.0.2.2").statusCode()).isEqualTo(202);
        }

        var refused = ask("nobody@example.org", "192.0.2.2");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(ask("nobody@example.org", "192.0.2.3").statusCode()).isEqualTo(202);
    }

    @Test
    void recipientThatTheMailServerDoesNotKnowIsLeftOutAndGetsNoFurtherIssue() throws Exception {
        var reader = readers.subscriber();
        ANSWER.set("550 5.7.1 Not from you");
        var distrusted = readers.sent("Distrusted");
        ANSWER.set("550 5.1.1 No such mailbox");
        var unknown = readers.sent("Unknown");
        ANSWER.set(null);
        var after = readers.sent("After");

        assertThat(readers.reason(distrusted, reader)).isEqualTo("REFUSED");
        assertThat(readers.reason(unknown, reader)).isEqualTo("REFUSED");
        assertThat(readers.reason(after, reader)).isEqualTo("BOUNCED");
        assertThat(theatre.value("select min(status) from newsletter_dead_address", String.class))
                .isEqualTo("5.1.1");
    }

    private static HttpResponse<String> ask(String email, String from) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(theatre.address() + "/v1/newsletter/subscriptions"))
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", from)
                        .POST(BodyPublishers.ofString("{\"email\": \"" + email + "\"}"))
                        .build(),
                BodyHandlers.ofString());
    }
}
