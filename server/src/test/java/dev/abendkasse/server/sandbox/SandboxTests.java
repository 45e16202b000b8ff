package dev.abendkasse.server.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox over HTTP, as a provider, as a payment page, and as the sender of notifications. */
class SandboxTests {

    private static final String TAKEN = "/taken";
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TestServer server = start();

    @RegisterExtension
    static final WireMockExtension SHOP =
            WireMockExtension.newInstance().configureStaticDsl(false).build();

    private final UUID payment = UUID.randomUUID();

    @BeforeEach
    void takeNotifications() {
        SHOP.stubFor(post(TAKEN).willReturn(ok()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void buyerPaysAndTheShopLearnsItBeforeTheBuyerIsBack() throws Exception {
        var url = open(in30Minutes()).body().replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
        var page = get(url, "de");
        assertThat(page.body())
                .contains("Testzahlung", "Auftrag 100001 &lt;b&gt;", "49,50", "Bezahlen")
                .doesNotContain("<b>");

        var back = form("pay");

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).contains("https://shop.example.org/thanks?a=1&b=2");
        assertThat(told("payment.succeeded")).hasSize(1);
        assertThat(get(url, "en").body())
                .contains("Paid. Thank you.", "?a=1&amp;b=2")
                .doesNotContain("<form");
    }

    @Test
    void notificationIsSignedAndSaysWhatWasPaid() throws Exception {
        open(in30Minutes());
        form("pay");

        var told = told("payment.succeeded").getFirst();
        var headers = Map.of(
                "webhook-id", List.of(told.getHeader("webhook-id")),
                "webhook-timestamp", List.of(told.getHeader("webhook-timestamp")),
                "webhook-signature", List.of(told.getHeader("webhook-signature")));
        var webhook = new Webhook(server.bean(Secrets.class).keyedHash("sandbox-webhook", "1"));
        assertThatCode(() -> webhook.verify(told.getBodyAsString(), headers)).doesNotThrowAnyException();
        SHOP.verify(postRequestedFor(urlEqualTo(TAKEN))
                .withRequestBody(matchingJsonPath("$.paymentId", equalTo(payment.toString())))
                .withRequestBody(matchingJsonPath("$.amount", equalTo("4950")))
                .withRequestBody(matchingJsonPath("$.currency", equalTo("EUR")))
                .withRequestBody(matchingJsonPath("$.reference", equalTo("sb-" + payment)))
                .withRequestBody(matchingJsonPath("$.occurredAt")));
    }

    @Test
    void declinedBuyerIsSentBackAndTheShopLearnsIt() throws Exception {
        open(in30Minutes());

        assertThat(form("decline").statusCode()).isEqualTo(303);

        assertThat(told("payment.failed")).hasSize(1);
        assertThat(form("pay").statusCode()).as("it is decided").isEqualTo(409);
    }

    @Test
    void buyerWhoLeavesIsSentBackAndTheShopHearsNothing() throws Exception {
        open(in30Minutes());

        assertThat(form("leave").statusCode()).isEqualTo(303);

        assertThat(told("payment.succeeded")).isEmpty();
        assertThat(get(page(), "en").body()).contains("<form");
    }

    @Test
    void expiredPaymentCannotBePaid() throws Exception {
        open(Instant.now().minus(1, ChronoUnit.MINUTES));

        assertThat(get(page(), "en").body())
                .contains("The time to pay is over.")
                .doesNotContain("<form");
        assertThat(form("pay").statusCode()).isEqualTo(409);
        assertThat(told("payment.succeeded")).isEmpty();
    }

    @Test
    void cancelledPaymentCannotBePaidAndCancellingAgainIsFine() throws Exception {
        open(in30Minutes());

        assertThat(json("/cancel", "{}").statusCode()).isEqualTo(200);
        assertThat(json("/cancel", "{}").statusCode()).isEqualTo(200);
        assertThat(form("pay").statusCode()).isEqualTo(409);
    }

    @Test
    void paidPaymentCannotBeCancelled() throws Exception {
        open(in30Minutes());
        form("pay");

        assertThat(json("/cancel", "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void lateMoneyCanBeSimulated() throws Exception {
        open(in30Minutes());
        json("/cancel", "{}");

        assertThat(json("/simulate", "{\"event\":\"pay-late\"}").body()).isEqualTo("{\"state\":\"SUCCEEDED\"}");
        assertThat(told("payment.succeeded")).hasSize(1);
    }

    @Test
    void duplicatesAndEventsOutOfOrderCanBeSimulated() throws Exception {
        open(in30Minutes());

        json("/simulate", "{\"event\":\"pay\"}");
        json("/simulate", "{\"event\":\"pay\"}");
        assertThat(json("/simulate", "{\"event\":\"processing\"}").body()).isEqualTo("{\"state\":\"SUCCEEDED\"}");

        var paid = told("payment.succeeded");
        assertThat(paid).hasSize(2);
        assertThat(paid.getFirst().getBodyAsString()).isEqualTo(paid.getLast().getBodyAsString());
        assertThat(told("payment.processing")).hasSize(1);
    }

    @Test
    void openingAgainGivesTheSameAndAnotherContentIsRefused() throws Exception {
        var end = in30Minutes();
        var first = open(end);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(open(end).body()).isEqualTo(first.body());
        assertThat(open(end.plusSeconds(1)).statusCode()).isEqualTo(422);
    }

    @Test
    void everyAnswerIsGuardedAgainstOtherSites() throws Exception {
        open(in30Minutes());

        var headers = get(page(), "en").headers();
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src 'self';"
                        + " form-action 'self' https://shop.example.org");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"paymentId\":\"x\"}"})
    void nonsenseIsRefused(String body) throws Exception {
        assertThat(send("/payments", "application/json", body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "//example.org", "https://", "file:///etc/passwd", "https://a b"})
    void returnAddressThatIsNoWebAddressIsRefused(String url) throws Exception {
        var body = openBody(in30Minutes()).replace("https://shop.example.org/thanks?a=1&b=2", url);

        assertThat(send("/payments", "application/json", body).statusCode()).isEqualTo(400);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(send("/payments", "application/json", "x".repeat(20_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void unknownPaymentIsNotFound() throws Exception {
        assertThat(get(page(), "de").statusCode()).isEqualTo(404);
        assertThat(json("/cancel", "{}").statusCode()).isEqualTo(404);
        assertThat(get(server.bean(SandboxAddress.class).value() + "/payments/x", "de")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void restartKeepsThePaymentAndWhatIsStillToBeTold() throws Exception {
        open(in30Minutes());
        SHOP.stubFor(post(TAKEN).willReturn(serverError()));
        assertThat(form("pay").statusCode())
                .as("the buyer goes on all the same")
                .isEqualTo(303);

        server.close();
        SHOP.stubFor(post(TAKEN).willReturn(ok()));
        var before = told("payment.succeeded").size();
        letTimePass();
        server = start();

        server.bean(SandboxNotifier.class).tellDue().block();
        assertThat(get(page(), "en").body()).contains("Paid. Thank you.");
        assertThat(told("payment.succeeded").size()).isGreaterThan(before);
    }

    @Test
    void serverOpensItsPaymentsHereUnlessAnotherProviderIsConfigured() {
        var session = server.bean(PaymentProvider.class)
                .open(new OpenPayment(
                        new PaymentId(payment), "100001", Money.of(4950, "EUR"), "CARD", null, in30Minutes()))
                .block();

        assertThat(session.url()).isEqualTo(page());
        assertThat(DATABASE.client()
                        .sql("select notification_url from sandbox_payment where payment_id = :id")
                        .bind("id", payment)
                        .mapValue(String.class)
                        .one()
                        .block())
                .isEqualTo(server.address() + "/v1/payment-notifications/sandbox");
    }

    private HttpResponse<String> open(Instant end) throws Exception {
        return send("/payments", "application/json", openBody(end));
    }

    private String openBody(Instant end) {
        return """
                {"paymentId": "%s", "reference": "100001 <b>", "amount": 4950, "currency": "EUR", "method": "CARD",
                 "returnUrl": "https://shop.example.org/thanks?a=1&b=2", "expiresAt": "%s",
                 "notificationUrl": "%s"}
                """.formatted(payment, end, SHOP.url(TAKEN));
    }

    private HttpResponse<String> form(String event) throws Exception {
        var body = "event=" + URLEncoder.encode(event, StandardCharsets.UTF_8);
        return send("/payments/" + payment + "/simulate", "application/x-www-form-urlencoded", body);
    }

    private HttpResponse<String> json(String path, String body) throws Exception {
        return send("/payments/" + payment + path, "application/json", body);
    }

    private HttpResponse<String> send(String path, String contentType, String body) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(server.bean(SandboxAddress.class).value() + path))
                .header("Content-Type", contentType)
                .header("Idempotency-Key", payment.toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String url, String language) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept-Language", language)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String page() {
        return server.bean(SandboxAddress.class).value() + "/payments/" + payment;
    }

    private List<LoggedRequest> told(String type) {
        return SHOP.findAll(postRequestedFor(anyUrl())
                .withRequestBody(matchingJsonPath("$.type", equalTo(type)))
                .withRequestBody(matchingJsonPath("$.paymentId", equalTo(payment.toString()))));
    }

    private static void letTimePass() {
        DATABASE.client()
                .sql("update sandbox_notification set due_at = due_at - interval '1 day' where due_at is not null")
                .then()
                .block();
    }

    private static Instant in30Minutes() {
        return Instant.now().plus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    }

    private static TestServer start() {
        return TestServer.on(DATABASE, Map.of("abendkasse.sandbox.notify-every", "1h"));
    }
}
