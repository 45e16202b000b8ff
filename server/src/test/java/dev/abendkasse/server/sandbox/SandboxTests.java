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
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
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
    private static TestServer server = start();

    @RegisterExtension
    static final WireMockExtension SHOP =
            WireMockExtension.newInstance().configureStaticDsl(false).build();

    private final UUID payment = UUID.randomUUID();
    private final SandboxClient client =
            new SandboxClient(() -> server.bean(SandboxAddress.class).value(), payment, SHOP.url(TAKEN));

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
        var url = client.open(SandboxClient.in30Minutes()).body().replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
        var page = client.get(url, "de");
        assertThat(page.body())
                .contains("Testzahlung", "Auftrag 100001 &lt;b&gt;", "49,50", "Bezahlen")
                .doesNotContain("<b>");

        var back = client.form("pay");

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).contains("https://shop.example.org/thanks?a=1&b=2");
        assertThat(told("payment.succeeded")).hasSize(1);
        assertThat(client.get(url, "en").body())
                .contains("Paid. Thank you.", "?a=1&amp;b=2")
                .doesNotContain("<form");
    }

    @Test
    void notificationIsSignedAndSaysWhatWasPaid() throws Exception {
        client.open(SandboxClient.in30Minutes());
        client.form("pay");

        var told = told("payment.succeeded").getFirst();
        var headers = Map.of(
                "webhook-id", List.of(told.getHeader("webhook-id")),
                "webhook-timestamp", List.of(told.getHeader("webhook-timestamp")),
                "webhook-signature", List.of(told.getHeader("webhook-signature")));
        var webhook = new Webhook(SandboxWebhooks.secret(server.bean(Secrets.class)));
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
        client.open(SandboxClient.in30Minutes());

        assertThat(client.form("decline").statusCode()).isEqualTo(303);

        assertThat(told("payment.failed")).hasSize(1);
        assertThat(client.form("pay").statusCode()).as("it is decided").isEqualTo(409);
    }

    @Test
    void buyerWhoLeavesIsSentBackAndTheShopHearsNothing() throws Exception {
        client.open(SandboxClient.in30Minutes());

        assertThat(client.form("leave").statusCode()).isEqualTo(303);

        assertThat(told("payment.succeeded")).isEmpty();
        assertThat(client.get(client.page(), "en").body()).contains("<form");
    }

    @Test
    void expiredPaymentCannotBePaid() throws Exception {
        client.open(Instant.now().minus(1, ChronoUnit.MINUTES));

        assertThat(client.get(client.page(), "en").body())
                .contains("The time to pay is over.")
                .doesNotContain("<form");
        assertThat(client.form("pay").statusCode()).isEqualTo(409);
        assertThat(told("payment.succeeded")).isEmpty();
    }

    @Test
    void cancelledPaymentCannotBePaidAndCancellingAgainIsFine() throws Exception {
        client.open(SandboxClient.in30Minutes());

        assertThat(client.json("/cancel", "{}").statusCode()).isEqualTo(200);
        assertThat(client.json("/cancel", "{}").statusCode()).isEqualTo(200);
        assertThat(client.form("pay").statusCode()).isEqualTo(409);
    }

    @Test
    void paidPaymentCannotBeCancelled() throws Exception {
        client.open(SandboxClient.in30Minutes());
        client.form("pay");

        assertThat(client.json("/cancel", "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void lateMoneyCanBeSimulated() throws Exception {
        client.open(SandboxClient.in30Minutes());
        client.json("/cancel", "{}");

        assertThat(client.json("/simulate", "{\"event\":\"pay-late\"}").body()).isEqualTo("{\"state\":\"SUCCEEDED\"}");
        assertThat(told("payment.succeeded")).hasSize(1);
    }

    @Test
    void duplicatesAndEventsOutOfOrderCanBeSimulated() throws Exception {
        client.open(SandboxClient.in30Minutes());

        client.json("/simulate", "{\"event\":\"pay\"}");
        client.json("/simulate", "{\"event\":\"pay\"}");
        assertThat(client.json("/simulate", "{\"event\":\"processing\"}").body())
                .isEqualTo("{\"state\":\"SUCCEEDED\"}");

        var paid = told("payment.succeeded");
        assertThat(paid).hasSize(2);
        assertThat(paid.getFirst().getBodyAsString()).isEqualTo(paid.getLast().getBodyAsString());
        assertThat(told("payment.processing")).hasSize(1);
    }

    @Test
    void openingAgainGivesTheSameAndAnotherContentIsRefused() throws Exception {
        var end = SandboxClient.in30Minutes();
        var first = client.open(end);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(client.open(end).body()).isEqualTo(first.body());
        assertThat(client.open(end.plusSeconds(1)).statusCode()).isEqualTo(422);
    }

    @Test
    void everyAnswerIsGuardedAgainstOtherSites() throws Exception {
        client.open(SandboxClient.in30Minutes());

        var headers = client.get(client.page(), "en").headers();
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
        assertThat(client.send("/payments", "application/json", body).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "//example.org", "https://", "file:///etc/passwd", "https://a b"})
    void returnAddressThatIsNoWebAddressIsRefused(String url) throws Exception {
        var body = client.body(SandboxClient.in30Minutes()).replace("https://shop.example.org/thanks?a=1&b=2", url);

        assertThat(client.send("/payments", "application/json", body).statusCode())
                .isEqualTo(400);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(client.send("/payments", "application/json", "x".repeat(20_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void unknownPaymentIsNotFound() throws Exception {
        assertThat(client.get(client.page(), "de").statusCode()).isEqualTo(404);
        assertThat(client.json("/cancel", "{}").statusCode()).isEqualTo(404);
        assertThat(client.get(server.bean(SandboxAddress.class).value() + "/payments/x", "de")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void restartKeepsThePaymentAndWhatIsStillToBeTold() throws Exception {
        client.open(SandboxClient.in30Minutes());
        SHOP.stubFor(post(TAKEN).willReturn(serverError()));
        assertThat(client.form("pay").statusCode())
                .as("the buyer goes on all the same")
                .isEqualTo(303);

        server.close();
        SHOP.stubFor(post(TAKEN).willReturn(ok()));
        var before = told("payment.succeeded").size();
        letTimePass();
        server = start();

        Awaited.of(server.bean(SandboxNotifier.class).tellDue());
        assertThat(client.get(client.page(), "en").body()).contains("Paid. Thank you.");
        // The server that has just started may be about to tell it by itself.
        Awaitility.await().until(() -> told("payment.succeeded").size() > before);
    }

    @Test
    void serverOpensItsPaymentsHereUnlessAnotherProviderIsConfigured() {
        var session = Awaited.of(server.bean(PaymentProvider.class)
                .open(new OpenPayment(
                        new PaymentId(payment),
                        "100001",
                        Money.of(4950, "EUR"),
                        "CARD",
                        null,
                        SandboxClient.in30Minutes())));

        assertThat(session.url()).isEqualTo(client.page());
        assertThat(Awaited.of(DATABASE.client()
                        .sql("select notification_url from sandbox_payment where payment_id = :id")
                        .bind("id", payment)
                        .mapValue(String.class)
                        .one()))
                .isEqualTo(server.address() + "/v1/payment-notifications/sandbox");
    }

    private List<LoggedRequest> told(String type) {
        return SHOP.findAll(postRequestedFor(anyUrl())
                .withRequestBody(matchingJsonPath("$.type", equalTo(type)))
                .withRequestBody(matchingJsonPath("$.paymentId", equalTo(payment.toString()))));
    }

    private static void letTimePass() {
        Awaited.of(DATABASE.client()
                .sql("update sandbox_notification set due_at = due_at - interval '1 day' where due_at is not null")
                .then());
    }

    private static TestServer start() {
        return TestServer.on(DATABASE, Map.of("abendkasse.sandbox.notify-every", "1h"));
    }
}
