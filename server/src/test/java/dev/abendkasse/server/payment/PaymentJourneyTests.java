package dev.abendkasse.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.order.OrderPayments;
import dev.abendkasse.server.order.store.AttemptStore;
import dev.abendkasse.server.order.store.OrderCommands;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.time.Instant;
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
                    "abendkasse.outbox.look-every", "1h",
                    "abendkasse.sandbox.notify-every", "1h"));

    private final AttemptStore attempts = SERVER.bean(AttemptStore.class);
    private final UnpaidOrder order = UnpaidOrder.in(DB);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void orderIsConfirmedWhenItsBuyerIsBackFromPaying() {
        open();

        simulate("pay").expectStatus().isOk();

        assertThat(attempt().state()).isEqualTo(PaymentView.State.SUCCEEDED);
        assertThat(orderState()).isEqualTo("CONFIRMED");
        assertThat(text("select count(*)::text from outbox_message where kind = 'PAYMENT_FACT' and state = 'WAITING'"))
                .isEqualTo("0");
    }

    @Test
    void orderStillWaitsWhenItsBuyerWasDeclined() {
        open();

        simulate("decline").expectStatus().isOk();

        assertThat(attempt().state()).isEqualTo(PaymentView.State.FAILED);
        assertThat(orderState()).isEqualTo("AWAITING_PAYMENT");
    }

    @Test
    void cancelledHereMeansNoLongerPayableThere() throws Exception {
        open();

        cancel();
        awaitCancelAtTheProvider();

        simulate("pay").expectStatus().isEqualTo(409);
        assertThat(attempt().state()).isEqualTo(PaymentView.State.CANCELLED);
    }

    @Test
    void replicaThatIsCutOffFromTheOthersListensAgainAndCatchesUp() throws Exception {
        open();

        text("select count(pg_terminate_backend(pid))::text from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid() and query like 'listen %'");
        cancel();

        awaitCancelAtTheProvider();
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

    private void open() {
        Awaited.of(SERVER.bean(OrderPayments.class).open(attempt(), order.checkout()));
    }

    private void cancel() {
        var cancel = SERVER.bean(OrderStore.class).execute(OrderCommands.cancel(order));
        Awaited.of(SERVER.bean(Commits.class).announce(cancel));
    }

    private void awaitCancelAtTheProvider() throws Exception {
        PayPage.await(
                () -> text("select state from outbox_message where kind = 'PAYMENT_CANCEL' and key = '"
                        + order.paymentId() + "'"),
                "DONE"::equals);
    }

    private WebTestClient.ResponseSpec simulate(String event) {
        return SERVER.http()
                .post()
                .uri(attempt().url() + "/simulate")
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

    private PaymentView attempt() {
        return Awaited.of(attempts.find(order.paymentId()));
    }

    private String orderState() {
        return text("select state from orders where order_id = '" + order.orderId() + "'");
    }

    private static String text(String sql) {
        return Awaited.of(DB.sql(sql).mapValue(String.class).one());
    }
}
