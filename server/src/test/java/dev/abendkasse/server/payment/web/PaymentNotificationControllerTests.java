package dev.abendkasse.server.payment.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.abendkasse.server.payment.NotificationFixture;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.store.PaymentTables;
import dev.abendkasse.server.payment.stripe.StripeEvents;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class PaymentNotificationControllerTests {

    private static final String SECRET = "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0";
    private static final String NEXT_SECRET = "whsec_OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2";
    private static final ObjectProvider<StripeEvents> NO_STRIPE =
            new StaticListableBeanFactory().getBeanProvider(StripeEvents.class);
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private final DatabaseClient db = TestDatabase.fresh().client();
    private final List<PaymentFact> heard = new CopyOnWriteArrayList<>();
    private volatile boolean listenerFails;

    private final NotificationFixture payments = new NotificationFixture(db, this::listen, SECRET, NEXT_SECRET);
    private final WebTestClient http = WebTestClient.bindToController(new PaymentNotificationController(
                    payments.service(), new NotificationMapper(JsonMapper.shared(), VALIDATOR), NO_STRIPE))
            .controllerAdvice(new Problems())
            .build();

    private UUID attempt;

    @BeforeEach
    void makeAnAttempt() {
        attempt = UnpaidOrder.in(db).paymentId();
    }

    @Test
    void notificationIsStoredAndTold() {
        send(body("evt-1", "payment.succeeded"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.eventId")
                .isEqualTo("evt-1");

        assertThat(heard).singleElement().satisfies(fact -> {
            assertThat(fact.payment()).isEqualTo(new PaymentId(attempt));
            assertThat(fact.kind()).isEqualTo(PaymentFact.Kind.SUCCEEDED);
            assertThat(fact.amount()).isEqualTo(Money.of(4950, "EUR"));
            assertThat(fact.occurredAt()).isEqualTo("2026-12-01T18:44:05Z");
        });
        assertThat(count("payment_fact")).isOne();
        assertThat(payments.waiting()).isZero();
    }

    @Test
    void duplicateIsAnsweredAndNotToldAgain() {
        send(body("evt-1", "payment.succeeded")).expectStatus().isOk();
        send(body("evt-1", "payment.succeeded")).expectStatus().isOk();

        assertThat(heard).hasSize(1);
        assertThat(count("payment_fact")).isOne();
    }

    @Test
    void duplicatesAtOnceAreToldOnce() {
        Flux.range(0, 20)
                .flatMap(
                        _ -> Mono.fromRunnable(() -> send(body("evt-1", "payment.succeeded"))
                                        .expectStatus()
                                        .isOk())
                                .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic()),
                        20)
                .then()
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(heard).hasSize(1);
    }

    @Test
    void eventsThatComeOutOfOrderAreBothTold() {
        send(body("evt-2", "payment.succeeded")).expectStatus().isOk();
        send(body("evt-1", "payment.processing")).expectStatus().isOk();

        assertThat(heard)
                .extracting(PaymentFact::kind)
                .containsExactly(PaymentFact.Kind.SUCCEEDED, PaymentFact.Kind.PROCESSING);
    }

    @ParameterizedTest
    @CsvSource({
        "refund.succeeded, refundId, REFUND_SUCCEEDED",
        "refund.failed, refundId, REFUND_FAILED",
        "dispute.opened, disputeId, DISPUTED",
        "dispute.won, disputeId, DISPUTE_WON",
        "dispute.lost, disputeId, DISPUTE_LOST"
    })
    void refundsAndDisputesAreToldWithWhatTheyAreAbout(String type, String field, PaymentFact.Kind kind) {
        send(body("evt-1", type).replace("\"amount\"", "\"" + field + "\":\"re:1\",\"amount\""))
                .expectStatus()
                .isOk();

        assertThat(heard).singleElement().satisfies(fact -> {
            assertThat(fact.kind()).isEqualTo(kind);
            assertThat(fact.subject()).isEqualTo("re:1");
            assertThat(fact.reference()).isEqualTo("ref-1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund.succeeded", "refund.failed", "dispute.opened", "dispute.won", "dispute.lost"})
    void refundsAndDisputesMustSayWhatTheyAreAbout(String type) {
        assertRefused(send(body("evt-1", type)), 400);
    }

    @Test
    void disputeAboutNothingIsRefused() {
        assertRefused(
                send(body("evt-1", "dispute.opened").replace("\"amount\":4950", "\"disputeId\":\"d\",\"amount\":0")),
                400);
    }

    @Test
    void referenceOfThePaymentMayBeLeftOut() {
        send(body("evt-1", "payment.succeeded").replace("\"reference\":\"ref-1\",", ""))
                .expectStatus()
                .isOk();

        assertThat(heard)
                .singleElement()
                .satisfies(fact -> assertThat(fact.reference()).isNull());
    }

    @Test
    void fieldsThatTheProviderAddsAreNoFault() {
        send(body("evt-1", "payment.failed").replace("{\"eventId\"", "{\"cause\":\"no money\",\"eventId\""))
                .expectStatus()
                .isOk();

        assertThat(heard).hasSize(1);
    }

    @Test
    void bothSecretsFitWhileTheyAreChanged() throws Exception {
        send(body("evt-1", "payment.processing"), SECRET, now()).expectStatus().isOk();
        send(body("evt-2", "payment.succeeded"), NEXT_SECRET, now())
                .expectStatus()
                .isOk();

        assertThat(heard).hasSize(2);
    }

    @Test
    void signatureOfAnotherSecretIsRefused() throws Exception {
        assertRefused(send(body("evt-1", "payment.succeeded"), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", now()), 401);
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, 400, -1_000_000_000})
    void signatureOfAnotherTimeIsRefused(long seconds) throws Exception {
        assertRefused(send(body("evt-1", "payment.succeeded"), SECRET, now() + seconds), 401);
    }

    @Test
    void changedContentIsRefused() throws Exception {
        var body = body("evt-1", "payment.succeeded");
        var signature = new Webhook(SECRET).sign("msg-1", now(), body);

        assertRefused(send(body.replace("4950", "9999"), Long.toString(now()), signature), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1,", "v2,abc", ",,,", "   "})
    void garbledSignatureIsRefused(String signature) {
        assertRefused(send(body("evt-1", "payment.succeeded"), Long.toString(now()), signature), 401);
    }

    @Test
    void timestampThatIsNoNumberIsRefused() {
        assertRefused(send(body("evt-1", "payment.succeeded"), "99999999999999999999", "v1,abc"), 401);
    }

    @Test
    void unknownPaymentIsKeptForPeopleToSee() {
        send(body("evt-1", "payment.succeeded").replace(attempt.toString(), "0199d1f2-77ab-7f00-9d11-aabbccddeeff"))
                .expectStatus()
                .isOk();

        assertThat(heard).isEmpty();
        assertThat(Awaited.of(db.sql("select payment_id is null from payment_fact")
                        .mapValue(Boolean.class)
                        .one()))
                .isTrue();
        assertThat(payments.unresolved()).as("people look after the money").hasSize(1);
        assertThat(payments.waiting()).isZero();
    }

    @Test
    void p14WhatTheProviderAddsOfItsOwnIsNotKeptForItMayBeAboutPersons() {
        send(body("evt-1", "payment.succeeded").replaceFirst("\\{", "{\"payer\":{\"name\":\"Example Buyer\"},"))
                .expectStatus()
                .isOk();

        assertThat(heard).hasSize(1);
        assertThat(Awaited.of(db.sql("select body::text from payment_fact")
                        .mapValue(String.class)
                        .one()))
                .contains("evt-1", "payment.succeeded")
                .doesNotContain("payer", "Example Buyer");
    }

    @Test
    void unknownProviderIsNotFound() throws Exception {
        var body = body("evt-1", "payment.succeeded");
        var problem = http.post()
                .uri("/v1/payment-notifications/somebody-else")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Webhook-Id", "msg-1")
                .header("Webhook-Timestamp", Long.toString(now()))
                .header("Webhook-Signature", new Webhook(SECRET).sign("msg-1", now(), body))
                .bodyValue(body)
                .exchange();

        assertRefused(problem, 404);
    }

    @Test
    void stripeIsNotHeardWhereSomebodyElseTakesThePayments() {
        var problem = http.post()
                .uri("/v1/stripe-events")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Stripe-Signature", "t=1,v1=00")
                .bodyValue("{}")
                .exchange();

        assertRefused(problem, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "hello",
                "{\"eventId\":\"e\\u0000\"}",
            })
    void signedNonsenseIsMalformed(String body) {
        assertRefused(send(body), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt-1=evt 1",
                "payment.succeeded=payment.dreamt",
                "\"EUR\"=\"XQQ\"",
                "\"EUR\"=\"eur\"",
                "4950=-1",
                "4950=99999999999999999999",
                "4950=\"many\"",
                "2026-12-01T18:44:05Z=+999999999-01-01T00:00:00Z",
                "2026-12-01T18:44:05Z=1999-12-01T18:44:05Z",
                "ref-1=ref 1",
            })
    void valueOutsideItsBoundsIsRefused(String change) {
        var parts = change.split("=", 2);

        assertRefused(send(body("evt-1", "payment.succeeded").replace(parts[0], parts[1])), 400);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() {
        assertRefused(send("{\"a\":\"" + "x".repeat(20_000) + "\"}"), 413);
    }

    @Test
    void factIsAnsweredAlthoughTheListenerFailsAndIsToldAgain() {
        listenerFails = true;
        send(body("evt-1", "payment.succeeded")).expectStatus().isOk();
        assertThat(payments.waiting()).isOne();

        listenerFails = false;
        payments.replay().as(StepVerifier::create).verifyComplete();
        assertThat(heard).as("not before its time has come").hasSize(1);

        payments.letTimePass();
        payments.replay().as(StepVerifier::create).verifyComplete();
        assertThat(heard).hasSize(2).allMatch(fact -> fact.equals(heard.getFirst()));
        assertThat(payments.waiting()).isZero();
    }

    @Test
    void factThatWasStoredJustBeforeACrashIsToldAfterIt() {
        var stored = new NotificationMapper(JsonMapper.shared(), VALIDATOR)
                .toNotification("sandbox", body("evt-1", "payment.succeeded"));
        Awaited.of(PaymentTables.facts(db).store(stored, java.time.Duration.ofSeconds(30)));

        payments.letTimePass();
        Flux.range(0, 5)
                .flatMap(_ -> payments.replay(), 5)
                .then()
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(heard).hasSize(1);
        assertThat(payments.waiting()).isZero();
    }

    private Mono<Void> listen(PaymentFact fact) {
        heard.add(fact);
        return listenerFails ? Mono.error(new IllegalStateException("The listener fails")) : Mono.empty();
    }

    private String body(String eventId, String type) {
        return """
                {"eventId":"%s","type":"%s","paymentId":"%s","reference":"ref-1","amount":4950,"currency":"EUR",\
                "occurredAt":"2026-12-01T18:44:05Z"}""".formatted(eventId, type, attempt);
    }

    private WebTestClient.ResponseSpec send(String body) {
        try {
            return send(body, SECRET, now());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private WebTestClient.ResponseSpec send(String body, String secret, long timestamp) throws Exception {
        return send(body, Long.toString(timestamp), new Webhook(secret).sign("msg-1", timestamp, body));
    }

    private WebTestClient.ResponseSpec send(String body, String timestamp, String signature) {
        return http.post()
                .uri("/v1/payment-notifications/sandbox")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Webhook-Id", "msg-1")
                .header("Webhook-Timestamp", timestamp)
                .header("Webhook-Signature", signature)
                .bodyValue(body)
                .exchange();
    }

    private void assertRefused(WebTestClient.ResponseSpec answer, int status) {
        answer.expectStatus().isEqualTo(status);
        assertThat(heard).isEmpty();
        assertThat(count("payment_fact")).isZero();
    }

    private Long count(String table) {
        return Awaited.of(
                db.sql("select count(*) from " + table).mapValue(Long.class).one());
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    /** Shows a problem's status; how problems look is tested elsewhere. */
    @RestControllerAdvice
    static class Problems {

        @ExceptionHandler({DecodingException.class, ConstraintViolationException.class})
        ResponseEntity<String> showFault() {
            return ResponseEntity.badRequest().body("fault");
        }

        @ExceptionHandler
        ResponseEntity<String> show(ProblemException problem) {
            return ResponseEntity.status(problem.type().status())
                    .body(problem.type().code());
        }
    }
}
