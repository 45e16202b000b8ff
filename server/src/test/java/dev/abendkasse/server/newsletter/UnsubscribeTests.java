package dev.abendkasse.server.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.model.NewsletterLink;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How readers say no: one click, without a login, and programs that look into mails say nothing. */
class UnsubscribeTests {

    private static final String FORM = "List-Unsubscribe=One-Click";
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Postbox postbox;
    private static Theatre theatre;
    private static Readers readers;

    @BeforeAll
    static void open() {
        postbox = Postbox.open();
        theatre = Readers.open(postbox, Map.of());
        readers = new Readers(theatre);
    }

    @AfterAll
    static void close() {
        theatre.close();
        postbox.close();
    }

    @Test
    void oneClickEndsTheNewsletterHoweverOftenAndWhicheverForm() throws Exception {
        var clicked = readers.subscriber();
        var alsoClicked = readers.subscriber();
        readers.sent("One click");

        var path = Readers.oneClickPath(postbox.mailTo(clicked.email()));
        assertThat(post(path, URL_ENCODED, FORM).statusCode()).isEqualTo(200);
        assertThat(post(path, URL_ENCODED, FORM).statusCode()).isEqualTo(200);
        var multipart =
                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        var other = Readers.oneClickPath(postbox.mailTo(alsoClicked.email()));
        assertThat(post(other, "multipart/form-data; boundary=b", multipart).statusCode())
                .isEqualTo(200);

        assertThat(readers.state(clicked)).isEqualTo("WITHDRAWN");
        assertThat(readers.state(alsoClicked)).isEqualTo("WITHDRAWN");
        assertThat(theatre.count("select count(*) from newsletter_consent where source = 'ONE_CLICK'"))
                .isEqualTo(2);
    }

    @Test
    void openingTheAddressesAsScannersDoChangesNothing() throws Exception {
        var reader = readers.subscriber();
        readers.sent("Scanned");
        var mail = postbox.mailTo(reader.email());
        var path = Readers.oneClickPath(mail);

        var page = HTTP.send(request(path).GET().build(), BodyHandlers.ofString());
        HTTP.send(request(path).HEAD().build(), BodyHandlers.discarding());
        post(path, URL_ENCODED, "a=b");
        post(path, "text/plain", FORM);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<form method=\"post\">", "List-Unsubscribe");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(readers.state(reader)).isEqualTo("SUBSCRIBED");
    }

    @Test
    void everyAddressOfTheFormIsAnsweredAlikeAndOneIsNotGoodForTheOther() throws Exception {
        var reader = readers.subscriber();
        readers.sent("Alike");
        var mail = postbox.mailTo(reader.email());
        var good = Readers.oneClickPath(mail);
        var folder = good.substring(0, good.lastIndexOf('/') + 1);

        var unknown = post(folder + "A".repeat(64), URL_ENCODED, FORM);
        var bodyLink = post(folder + Readers.secret(mail), URL_ENCODED, FORM);
        theatre.shop().newsletter().withdrawNewsletter(new NewsletterLink().token(good.substring(folder.length())));
        assertThat(readers.state(reader)).isEqualTo("SUBSCRIBED");
        var known = post(good, URL_ENCODED, FORM);

        assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(known.body()).isEqualTo(bodyLink.body());
        assertThat(readers.state(reader)).isEqualTo("WITHDRAWN");
    }

    @Test
    void linkInAnIssueEndsTheNewsletterAlsoForTheAccountThatTheReadersHasBecome() throws Exception {
        var reader = readers.subscriber();
        var survivor = readers.subscriber();
        readers.sent("Merged later");
        var link = Readers.secret(postbox.mailTo(reader.email()));
        readers.change(reader, "password_hash = null, merged_at = now(), merged_into = '" + survivor.id() + "'");

        theatre.shop().newsletter().withdrawNewsletter(new NewsletterLink().token(link));
        theatre.shop().newsletter().withdrawNewsletter(new NewsletterLink().token(link));

        assertThat(readers.state(survivor)).isEqualTo("WITHDRAWN");
    }

    @Test
    void mailsCarryTheHeadersOfRfc8058() throws Exception {
        var reader = readers.subscriber();
        readers.sent("Headers");
        MimeMessage mail = postbox.mailTo(reader.email());

        assertThat(Readers.header(mail, "List-Unsubscribe-Post")).isEqualTo(FORM);
        assertThat(Readers.header(mail, "List-Unsubscribe"))
                .startsWith("<" + theatre.address() + "/v1/newsletter/one-click/")
                .endsWith(">");
        assertThat(Readers.header(mail, "List-Id")).isEqualTo("<newsletter.theatre.example>");
    }

    private static HttpResponse<String> post(String path, String type, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                request(path)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(theatre.address() + path));
    }
}
