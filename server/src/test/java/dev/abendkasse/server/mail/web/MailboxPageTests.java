package dev.abendkasse.server.mail.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.server.mail.Mail;
import dev.abendkasse.server.mail.Mailbox;
import dev.abendkasse.server.mail.Mailer;
import dev.abendkasse.server.mail.SampleMail;
import dev.abendkasse.server.sandbox.SandboxAddress;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** The mailbox that stands in for a mail server. */
class MailboxPageTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int SIZE = 3;

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.mail.mailbox-size", SIZE));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void mailOfAnOrderIsThereToBeRead() throws Exception {
        var email = "buyer-" + UUID.randomUUID() + "@example.org";
        var request = new CheckoutRequest().buyer(Theatre.buyer(email).name("<b>Käthe</b>"));
        Theatre.checkOut(theatre.shop(), theatre.hold(theatre.best("free", 1)), UUID.randomUUID(), request);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get("", "en").body().contains(email));
        var list = get("", "de").body();
        var mail = list.replaceAll("(?s).*" + email + "[^/]*</td><td><a href=\"/mailbox([^\"]+)\".*", "$1");
        var page = get(mail, "de");
        var framed = get(mail + "/html", "de");

        assertThat(list).contains("Postfach", "&lt;b&gt;K").doesNotContain("<b>");
        assertThat(page.body())
                .contains("<th scope=\"row\">Von</th>", "Thank you", "Käthe", mail + "/html", "sandbox=\"allow-popups")
                .doesNotContain("<b>", "<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(framed.body()).contains("&lt;b&gt;Käthe&lt;/b&gt;");
        assertThat(framed.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "; sandbox allow-popups", "frame-ancestors 'self'")
                .doesNotContain("allow-scripts", "allow-same-origin");
        assertThat(framed.headers().allValues("X-Frame-Options")).containsExactly("SAMEORIGIN");
    }

    @Test
    void filesAndTheWholeMailCanBeTakenAway() {
        send(SampleMail.with("tickets \"100000\".pdf"));

        var page = get("/" + SampleMail.ID, "en");
        var file = get("/" + SampleMail.ID + "/0", "en");
        var source = get("/" + SampleMail.ID + "/source", "en");

        assertThat(page.body()).contains("href=\"/mailbox/" + SampleMail.ID + "/0\"", "tickets &quot;100000&quot;.pdf");
        assertThat(file.body()).isEqualTo("%PDF-1.7");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(source.body())
                .contains("Message-ID: <" + SampleMail.ID + "@abendkasse.invalid>")
                .contains("From: Theater am Markt <box-office@abendkasse.invalid>");
    }

    @Test
    void repetitionIsDroppedAndOnlyTheNewestAreKept() {
        for (int i = 0; i < SIZE + 2; i++) {
            send(SampleMail.numbered(i));
            send(SampleMail.numbered(i));
        }

        assertThat(Awaited.of(theatre.server()
                        .bean(Mailbox.class)
                        .newest()
                        .map(mail -> mail.id())
                        .collectList()))
                .containsExactly(
                        SampleMail.numbered(4).id(),
                        SampleMail.numbered(3).id(),
                        SampleMail.numbered(2).id());
        assertThat(theatre.count("select count(*) from mailbox_mail")).isEqualTo(SIZE);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (var path : new String[] {"/" + UUID.randomUUID(), "/nothing", "/" + UUID.randomUUID() + "/html"}) {
            assertThat(get(path, "en").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void apiDoesNotServeIt() {
        theatre.server()
                .http()
                .get()
                .uri("/mailbox")
                .exchange()
                .expectStatus()
                .value(status ->
                        assertThat(HttpStatus.valueOf(status)).isIn(HttpStatus.NOT_FOUND, HttpStatus.UNAUTHORIZED));
    }

    private static void send(Mail mail) {
        Awaited.of(theatre.server().bean(Mailer.class).send(mail));
    }

    private static HttpResponse<String> get(String path, String language) {
        var address = theatre.server().bean(SandboxAddress.class).value();
        var request = HttpRequest.newBuilder(URI.create(address + "/mailbox" + path))
                .header("Accept-Language", language)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
