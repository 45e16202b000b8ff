package dev.abendkasse.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.testing.TestClients;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A payment's whole way in one server: opened at the sandbox, paid on its page, told by it, settled here. */
class PaymentJourneyTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DatabaseClient DB = DATABASE.client();
    private static final TestServer SERVER = TestServer.on(
            DATABASE,
            Map.of(
                    "abendkasse.payment.cancel-every", "1h",
                    "abendkasse.payment.replay-every", "1h",
                    "abendkasse.sandbox.notify-every", "1h"));

    private final Payments payments = SERVER.bean(Payments.class);
    private final OrderId order = SampleOrder.in(DB);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void orderIsConfirmedWhenItsBuyerIsBackFromPaying() {
        var attempt = opened();

        simulate(attempt, "pay").expectStatus().isOk();

        assertThat(state(attempt)).isEqualTo(PaymentState.SUCCEEDED);
        assertThat(text("select state from orders where order_id = '" + order.value() + "'"))
                .isEqualTo("CONFIRMED");
        assertThat(text("select count(*)::text from payment_fact_due")).isEqualTo("0");
    }

    @Test
    void orderStillWaitsWhenItsBuyerWasDeclined() {
        var attempt = opened();

        simulate(attempt, "decline").expectStatus().isOk();

        assertThat(state(attempt)).isEqualTo(PaymentState.FAILED);
        assertThat(text("select state from orders where order_id = '" + order.value() + "'"))
                .isEqualTo("AWAITING_PAYMENT");
    }

    @Test
    void cancelledHereMeansNoLongerPayableThere() {
        var attempt = opened();

        payments.requestCancel(attempt.id()).block();
        SERVER.bean(PaymentCanceller.class).cancelDue().block();

        simulate(attempt, "pay").expectStatus().isEqualTo(409);
        assertThat(state(attempt)).isEqualTo(PaymentState.CANCELLED);
    }

    @Test
    void notificationWithoutSignatureIsAProblem() {
        notification("{}")
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("signature-invalid");
    }

    @Test
    void notificationThatIsTooLargeIsAProblem() {
        notification("{\"a\":\"" + "x".repeat(20_000) + "\"}")
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private NewPayment opened() {
        var sample = SampleOrder.attempt(order);
        var end = Instant.now().plus(30, ChronoUnit.MINUTES);
        var attempt = new NewPayment(sample.id(), order, sample.method(), sample.amount(), sample.returnUrl(), end);
        var request = new OpenPayment(
                attempt.id(), "100001", attempt.amount(), attempt.method(), attempt.returnUrl(), attempt.expiresAt());
        payments.insert(attempt)
                .then(payments.open(request))
                .flatMap(session -> payments.opened(attempt.id(), session))
                .block();
        return attempt;
    }

    private WebTestClient.ResponseSpec simulate(NewPayment attempt, String event) {
        return TestClients.http()
                .build()
                .post()
                .uri(payments.byId(attempt.id()).block().url() + "/simulate")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("event", event))
                .exchange();
    }

    private static WebTestClient.ResponseSpec notification(String body) {
        return SERVER.http()
                .post()
                .uri("/v1/payment-notifications/sandbox")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Webhook-Id", "msg-1")
                .header("Webhook-Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .bodyValue(body)
                .exchange();
    }

    private PaymentState state(NewPayment attempt) {
        return payments.byId(attempt.id()).map(Payment::state).block();
    }

    private static String text(String sql) {
        return DB.sql(sql).mapValue(String.class).one().block();
    }
}
