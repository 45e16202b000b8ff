package dev.abendkasse.server.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.abendkasse.server.order.OrderPayments;
import dev.abendkasse.server.order.store.AttemptStore;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.sandbox.SandboxAddress;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Which of the events that come in at the door are let in, and that each counts once. */
class StripeEventHttpTests {

    private static final StripeStub STRIPE = new StripeStub();
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DatabaseClient DB = DATABASE.client();
    private static final TestServer SERVER = TestServer.on(DATABASE, STRIPE.settings());

    private UnpaidOrder order;
    private UUID payment;
    private StripeMessage success;

    @AfterAll
    static void stop() {
        SERVER.close();
        STRIPE.close();
    }

    @BeforeEach
    void openAPayment() {
        order = UnpaidOrder.in(DB);
        payment = order.paymentId();
        success = StripeMessage.succeeded(payment, 5000);
        var attempt = Awaited.of(SERVER.bean(AttemptStore.class).find(payment));
        Awaited.of(SERVER.bean(OrderPayments.class).open(attempt, order.checkout()));
    }

    @Test
    void eventIsStoredAndActedOn() {
        success.to(SERVER);

        assertThat(orderState()).isEqualTo("CONFIRMED");
        assertThat(text("select concat_ws(' ', provider, kind, amount, currency, reference, body ->> 'id') from"
                        + " payment_fact where payment_id = '" + payment + "'"))
                .isEqualTo("stripe SUCCEEDED 5000 EUR " + StripeStub.intentOf(payment) + " " + success.id());
    }

    @Test
    void h3EventsThatComeTwentyTimesAtOnceCountOnce() {
        Awaited.of(Flux.range(0, 20)
                .flatMap(_ -> Mono.fromRunnable(() -> success.to(SERVER)).subscribeOn(Schedulers.boundedElastic()), 20)
                .then());

        assertThat(orderState()).isEqualTo("CONFIRMED");
        assertThat(factsOf(payment)).isEqualTo("SUCCEEDED");
        assertThat(text("select count(*)::text from money_entry where order_id = '" + order.orderId() + "'"))
                .isEqualTo("1");
    }

    @Test
    void h3TwoEventsThatTellTheSameCountOnce() {
        success.to(SERVER);
        StripeMessage.succeeded(payment, 5000).to(SERVER);

        assertThat(text("select sum(amount)::text from money_entry where order_id = '" + order.orderId() + "'"))
                .isEqualTo("5000");
    }

    @Test
    void bothSecretsFitWhileTheyAreChanged() {
        answer(success.body(), success.signed(StripeStub.NEXT_SECRET))
                .expectStatus()
                .isOk();
        var both = success.signed(StripeStub.SECRET)
                + success.signed("whsec_old_secret").replaceFirst("t=[0-9]+", "");
        answer(success.body(), both).expectStatus().isOk();

        assertThat(orderState()).isEqualTo("CONFIRMED");
    }

    @Test
    void signatureOfAnotherSecretIsRefused() {
        assertRefused(answer(success.body(), success.signed("whsec_somebody_elses")), 401, "signature-invalid");
    }

    @Test
    void changedContentIsRefused() {
        var changed = success.body().replace("5000", "9999");

        assertRefused(answer(changed, success.signed(StripeStub.SECRET)), 401, "signature-invalid");
    }

    @Test
    void oldSignatureIsRefusedAndAYoungerOneOfTheSameEventIsNot() {
        var old = Instant.now().minusSeconds(360);
        assertRefused(answer(success.body(), success.signed(StripeStub.SECRET, old)), 401, "signature-invalid");

        var younger = Instant.now().minusSeconds(200);
        answer(success.body(), success.signed(StripeStub.SECRET, younger))
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "t", "t=", "t=1", "v1=00", "t=1,v1=", "t=x,v1=00", "t=99999999999999999999,v1=00", ",,,", "="
            })
    void garbledSignatureIsRefused(String signature) {
        assertRefused(answer(success.body(), signature), 401, "signature-invalid");
    }

    @Test
    void missingSignatureIsRefused() {
        var answer = SERVER.http()
                .post()
                .uri("/v1/stripe-events")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(success.body())
                .exchange();

        assertRefused(answer, 401, "signature-invalid");
    }

    @Test
    void signedNonsenseIsMalformed() {
        var nonsense = new StripeMessage("evt_0", "[]");

        assertRefused(answer(nonsense.body(), nonsense.signed(StripeStub.SECRET)), 400, "malformed-request");
    }

    @Test
    void eventsOfWhatIsNoneOfOurBusinessAreAnsweredAndForgotten() {
        var before = facts();
        StripeMessage.of("customer.created", "{\"id\": \"cus_1\", \"object\": \"customer\"}")
                .to(SERVER);
        StripeMessage.requiresAction(payment).to(SERVER);
        StripeMessage.dispute("charge.dispute.created", UUID.randomUUID(), "needs_response")
                .to(SERVER);
        StripeMessage.of("payment_intent.succeeded", """
                {"id": "pi_of_another_shop", "object": "payment_intent", "amount_received": 1, "currency": "eur",
                 "metadata": {"order": "7"}}
                """).to(SERVER);

        assertThat(facts()).isEqualTo(before);
    }

    @Test
    void paymentWithOurNameThatWeDoNotHaveIsKeptForPeopleToSee() {
        var lost = StripeMessage.succeeded(UUID.randomUUID(), 5000);

        lost.to(SERVER);

        assertThat(text("select coalesce(payment_id::text, 'nobody') from payment_fact where event_id = '" + lost.id()
                        + "'"))
                .isEqualTo("nobody");
    }

    @Test
    void largeEventIsReadAndATooLargeOneIsNot() {
        var large = StripeMessage.of("invoice.updated", "{\"a\": \"" + "x".repeat(200_000) + "\"}");
        large.to(SERVER);

        var tooLarge = StripeMessage.of("invoice.updated", "{\"a\": \"" + "x".repeat(300_000) + "\"}");
        assertRefused(answer(tooLarge.body(), tooLarge.signed(StripeStub.SECRET)), 413, "content-too-large");
    }

    @Test
    void nobodyElseTakesThePaymentsHere() {
        assertThat(SERVER.bean(PaymentProvider.class)).isInstanceOf(StripePaymentProvider.class);
        assertThat(catchThrowable(() -> SERVER.bean(SandboxAddress.class)))
                .isInstanceOf(NoSuchBeanDefinitionException.class);
        SERVER.http()
                .post()
                .uri("/v1/payment-notifications/stripe")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Webhook-Id", "msg-1")
                .header("Webhook-Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .header("Webhook-Signature", "v1,abc")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private static WebTestClient.ResponseSpec answer(String body, String signature) {
        return StripeMessage.send(SERVER, body, signature);
    }

    private void assertRefused(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
        assertThat(factsOf(payment)).isEmpty();
        assertThat(orderState()).isEqualTo("AWAITING_PAYMENT");
    }

    private static String facts() {
        return text("select count(*)::text from payment_fact");
    }

    private static String factsOf(UUID payment) {
        return text(
                "select coalesce(string_agg(kind, ' '), '') from payment_fact where payment_id = '" + payment + "'");
    }

    private String orderState() {
        return text("select state from orders where order_id = '" + order.orderId() + "'");
    }

    private static String text(String sql) {
        return Awaited.of(DB.sql(sql).mapValue(String.class).one());
    }
}
