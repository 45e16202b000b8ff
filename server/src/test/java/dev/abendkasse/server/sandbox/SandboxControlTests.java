package dev.abendkasse.server.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox over HTTP where money goes back. */
class SandboxControlTests {

    private static final String TAKEN = "/taken";
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TestServer SERVER = TestServer.on(DATABASE, Map.of("abendkasse.sandbox.notify-every", "1h"));

    @RegisterExtension
    static final WireMockExtension SHOP =
            WireMockExtension.newInstance().configureStaticDsl(false).build();

    private final UUID payment = UUID.randomUUID();
    private final UUID refund = UUID.randomUUID();
    private final SandboxClient client =
            new SandboxClient(() -> SERVER.bean(SandboxAddress.class).value(), payment, SHOP.url(TAKEN));

    @BeforeEach
    void payAPayment() throws Exception {
        SHOP.stubFor(post(TAKEN).willReturn(ok()));
        client.open(SandboxClient.in30Minutes());
        client.form("pay");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void refundIsMadeOnceHoweverOftenItIsAskedFor() throws Exception {
        var first = client.refund(refund, 4950);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("\"reference\":\"sbr-" + refund + "\"", "\"state\":\"SUCCEEDED\"");
        assertThat(client.refund(refund, 4950).body()).isEqualTo(first.body());
        assertThat(refunded()).isEqualTo(4950);
    }

    @Test
    void refundIsToldWithItsOwnAmountAndNumber() throws Exception {
        client.refund(refund, 1000);

        tellWhatIsDue();

        assertThat(told("refund.succeeded"))
                .singleElement()
                .satisfies(told -> assertThat(told.getBodyAsString())
                        .contains(
                                "\"refundId\":\"" + refund + "\"",
                                "\"amount\":1000",
                                "\"reference\":\"sb-" + payment + "\"")
                        .doesNotContain("disputeId"));
    }

    @Test
    void refundIdCannotBeUsedForAnotherRefund() throws Exception {
        client.refund(refund, 1000);

        assertThat(client.refund(refund, 1001).statusCode()).isEqualTo(409);
        assertThat(refunded()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"4951, EUR, 422", "1, USD, 422", "0, EUR, 400", "-1, EUR, 400"})
    void refundThatCannotBeIsRefused(long amount, String currency, int status) throws Exception {
        assertThat(client.refund(refund, amount, currency).statusCode()).isEqualTo(status);
        assertThat(refunded()).isZero();
    }

    @Test
    void nothingIsGivenBackOfWhatWasNotPaid() throws Exception {
        var unpaid =
                new SandboxClient(() -> SERVER.bean(SandboxAddress.class).value(), UUID.randomUUID(), SHOP.url(TAKEN));

        assertThat(unpaid.refund(refund, 1).statusCode()).isEqualTo(404);
        unpaid.open(SandboxClient.in30Minutes());
        assertThat(unpaid.refund(refund, 1).statusCode()).isEqualTo(422);
    }

    @Test
    void manyRefundsAtOnceNeverGiveBackMoreThanWasPaid() throws Exception {
        var answers = atOnce(Stream.generate(() -> refundOf(UUID.randomUUID(), 1000))
                .limit(20)
                .toList());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(4);
        assertThat(answers).filteredOn(status -> status == 422).hasSize(16);
        assertThat(refunded()).isEqualTo(4000);
    }

    @Test
    void oneRefundAskedForManyTimesAtOnceIsMadeOnce() throws Exception {
        var answers =
                atOnce(Stream.generate(() -> refundOf(refund, 1000)).limit(20).toList());

        assertThat(answers).containsOnly(201);
        assertThat(refunded()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "refunds-succeed, SUCCEEDED, SUCCEEDED, refund.succeeded",
        "refunds-stay-pending, PENDING, PENDING,",
        "refunds-fail, FAILED, FAILED,",
        "refunds-fail-late, SUCCEEDED, FAILED, refund.failed"
    })
    void testersDecideWhatBecomesOfRefunds(String choice, String answer, String state, String notification)
            throws Exception {
        client.control(choice);

        assertThat(client.refund(refund, 1000).body()).contains("\"state\":\"" + answer + "\"");

        assertThat(client.refund(refund, 1000).body()).contains("\"state\":\"" + answer + "\"");
        assertThat(state()).isEqualTo(state);
        assertThat(refunded()).isEqualTo(state.equals("FAILED") ? 0 : 1000);
        letTimePass();
        tellWhatIsDue();
        assertThat(Stream.of("refund.succeeded", "refund.failed")
                        .filter(type -> !told(type).isEmpty()))
                .isEqualTo(notification == null ? List.of() : List.of(notification));
    }

    @Test
    void testersCanHaveRefundsRefused() throws Exception {
        client.control("refunds-be-refused");

        assertThat(client.refund(refund, 1000).statusCode()).isEqualTo(422);

        client.control("refunds-succeed");
        assertThat(client.refund(refund, 1000).statusCode()).isEqualTo(201);
    }

    @Test
    void pendingRefundEndsAsTestersDecideAndMayFailAfterwards() throws Exception {
        client.control("refunds-stay-pending");
        client.refund(refund, 1000);

        assertThat(client.control("refund-succeed", refund).statusCode()).isEqualTo(200);
        assertThat(told("refund.succeeded")).hasSize(1);
        assertThat(refunded()).isEqualTo(1000);

        assertThat(client.control("refund-fail", refund).statusCode()).isEqualTo(200);
        assertThat(client.control("refund-fail", refund).statusCode()).isEqualTo(200);
        assertThat(told("refund.failed")).as("the repetition too").hasSize(2);
        assertThat(refunded()).isZero();
        assertThat(client.control("refund-succeed", refund).statusCode()).isEqualTo(409);
        assertThat(client.control("refund-fail", UUID.randomUUID()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void disputeIsToldAndEndsOnce() throws Exception {
        assertThat(client.control("dispute").body()).contains("\"dispute\":\"OPEN\"");
        assertThat(told("dispute.opened"))
                .singleElement()
                .satisfies(told -> assertThat(told.getBodyAsString())
                        .contains("\"disputeId\":\"sbd-" + payment + "\"", "\"amount\":4950")
                        .doesNotContain("refundId"));

        assertThat(client.control("dispute-win").body()).contains("\"dispute\":\"WON\"");
        assertThat(client.control("dispute-win").statusCode()).isEqualTo(200);
        assertThat(client.control("dispute-lose").statusCode()).isEqualTo(409);
        assertThat(told("dispute.won")).as("the repetition too").hasSize(2);
        assertThat(told("dispute.lost")).isEmpty();
    }

    @Test
    void disputeCanBeToldOutOfOrder() throws Exception {
        client.control("dispute-lose");
        assertThat(client.control("dispute").body()).contains("\"dispute\":\"LOST\"");

        assertThat(types()).endsWith("dispute.lost", "dispute.opened");
    }

    @Test
    void whatIsNotPaidCannotBeDisputed() throws Exception {
        var unpaid =
                new SandboxClient(() -> SERVER.bean(SandboxAddress.class).value(), UUID.randomUUID(), SHOP.url(TAKEN));
        unpaid.open(SandboxClient.in30Minutes());

        assertThat(unpaid.control("dispute").statusCode()).isEqualTo(409);
    }

    @Test
    void nothingIsGivenBackOfWhatIsDisputed() throws Exception {
        client.control("dispute");
        assertThat(client.refund(refund, 1000).statusCode()).isEqualTo(422);

        client.control("dispute-win");
        assertThat(client.refund(refund, 1000).statusCode()).isEqualTo(201);
    }

    @Test
    void pageForTestersShowsWhatThereIsAndItsButtonsWork() throws Exception {
        client.control("refunds-stay-pending");
        client.refund(refund, 1000);
        var address = client.page() + "/control";
        assertThat(client.get(client.page(), "de").body()).contains("/payments/" + payment + "/control");

        assertThat(client.get(address, "de").body())
                .contains(
                        "Testzahlung",
                        "Auftrag 100001 &lt;b&gt;",
                        "49,50",
                        "Geld zur&uuml;ckbuchen",
                        "10,00",
                        "unterwegs")
                .doesNotContain("<b>", "&amp;n", "&amp;e");

        assertThat(client.form("/control", "event=refund-succeed&refund=" + refund)
                        .headers()
                        .firstValue("Location"))
                .contains("/payments/" + payment + "/control");
        client.form("/control", "event=dispute");
        assertThat(client.get(address, "en").body())
                .contains("Refund of &euro;10.00: done", "The bank has taken the money for now.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"event\":\"dance\"}", "{\"event\":\"refund-fail\"}", "{\"refund\":1}"
            })
    void nonsenseIsRefused(String body) throws Exception {
        assertThat(client.json("/control", body).statusCode()).isEqualTo(400);
        assertThat(client.form("/control", "event=refund-fail&refund=x").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"refundId\":\"x\"}"})
    void nonsensicalRefundIsRefused(String body) throws Exception {
        assertThat(client.json("/refunds", body).statusCode()).isEqualTo(400);
    }

    @Test
    void refundUnderAnotherKeyIsRefused() throws Exception {
        var body = "{\"refundId\":\"" + refund + "\",\"reference\":\"r\",\"amount\":1,\"currency\":\"EUR\"}";

        assertThat(client.json("/refunds", body).statusCode()).isEqualTo(400);
    }

    private Callable<HttpResponse<String>> refundOf(UUID id, long amount) {
        return () -> client.refund(id, amount);
    }

    private static List<Integer> atOnce(List<Callable<HttpResponse<String>>> calls) throws Exception {
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get().statusCode());
            }
        }
        return answers;
    }

    private List<LoggedRequest> told(String type) {
        return SHOP.findAll(postRequestedFor(anyUrl())
                .withRequestBody(matchingJsonPath("$.type", equalTo(type)))
                .withRequestBody(matchingJsonPath("$.paymentId", equalTo(payment.toString()))));
    }

    /** In the order in which the shop was told. */
    private List<String> types() {
        return SHOP
                .findAll(postRequestedFor(anyUrl())
                        .withRequestBody(matchingJsonPath("$.paymentId", equalTo(payment.toString()))))
                .stream()
                .map(told -> told.getBodyAsString().replaceAll(".*\"type\":\"([^\"]+)\".*", "$1"))
                .toList();
    }

    private static void tellWhatIsDue() {
        Awaited.of(SERVER.bean(SandboxNotifier.class).tellDue());
    }

    private static void letTimePass() {
        Awaited.of(DATABASE.client()
                .sql("update sandbox_notification set due_at = due_at - interval '1 minute' where due_at is not null")
                .then());
    }

    private long refunded() {
        return Awaited.of(DATABASE.client()
                .sql("select refunded from sandbox_payment where payment_id = :id")
                .bind("id", payment)
                .mapValue(Long.class)
                .one());
    }

    private String state() {
        return Awaited.of(DATABASE.client()
                .sql("select state from sandbox_refund where refund_id = :id")
                .bind("id", refund)
                .mapValue(String.class)
                .one());
    }
}
