package dev.abendkasse.server.payment.stripe;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.abendkasse.server.payment.stripe.StripeStub.error;
import static dev.abendkasse.server.payment.stripe.StripeStub.unexpectedState;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.stripe.Stripe;
import dev.abendkasse.server.payment.BreakerProperties;
import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.OpenRefund;
import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderSession;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.payment.RefundReceipt;
import dev.abendkasse.server.payment.provider.ProviderBreaker;
import dev.abendkasse.server.payment.provider.ProviderCalls;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.testing.Awaited;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class StripePaymentProviderTests {

    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String INTENTS = "/v1/payment_intents";
    private static final String REFUNDS = "/v1/refunds";
    private static final StripeStub STRIPE = new StripeStub();

    @AfterAll
    static void stop() {
        STRIPE.close();
    }

    @BeforeEach
    void reset() {
        STRIPE.reset();
    }

    @Test
    void openingMakesAnIntentForTheMethodUnderTheKeyOfOurPayment() {
        var payment = payment("CARD");

        provider()
                .open(payment)
                .as(StepVerifier::create)
                .expectNext(session(payment))
                .verifyComplete();

        STRIPE.server()
                .verify(postRequestedFor(urlEqualTo(INTENTS))
                        .withHeader("Idempotency-Key", equalTo(id(payment)))
                        .withHeader("Authorization", equalTo("Bearer " + StripeStub.API_KEY))
                        .withHeader("Stripe-Version", equalTo(Stripe.API_VERSION)));
        assertThat(form(INTENTS))
                .containsExactlyInAnyOrder(
                        "amount=4950",
                        "currency=eur",
                        "description=100001",
                        "metadata[payment_id]=" + id(payment),
                        "payment_method_types[0]=card",
                        "statement_descriptor_suffix=NR 100001");
    }

    @ParameterizedTest
    @CsvSource({"PAYPAL, paypal", "SEPA_DEBIT, sepa_debit"})
    void onlyCardsHaveAnOrderNumberOnTheStatement(String method, String type) {
        provider()
                .open(payment(method))
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();

        assertThat(form(INTENTS))
                .contains("payment_method_types[0]=" + type)
                .noneMatch(field -> field.startsWith("statement_descriptor"));
    }

    @Test
    void openingAgainGivesTheSameSession() {
        var payment = payment("CARD");

        provider()
                .open(payment)
                .zipWith(provider().open(payment))
                .as(StepVerifier::create)
                .expectNextMatches(both -> both.getT1().equals(both.getT2()))
                .verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 404, 422})
    void whatStripeRefusesIsOurMistake(int status) {
        STRIPE.opening(error(status, "parameter_invalid_integer"));
        var breaker = breaker();

        assertRefused(provider(LONG, breaker).open(payment("CARD")), false);

        assertThat(breaker.getMetrics().getNumberOfFailedCalls())
                .as("what speaks against Stripe")
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyOtherFailureMeansUnavailableWithinTheLimit(ResponseDefinitionBuilder failure) {
        STRIPE.opening(failure);
        var breaker = breaker();

        var took = provider(SHORT, breaker)
                .open(payment("CARD"))
                .as(StepVerifier::create)
                .expectError(ProviderUnavailable.class)
                .verify(PATIENCE);

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(breaker.getMetrics().getNumberOfFailedCalls())
                .as("what speaks against Stripe")
                .isOne();
    }

    @Test
    void callsThatWereNeverMadeSayNothingOfStripe() {
        var breaker = breaker();
        var provider = provider(LONG, breaker);
        var payment = new PaymentId(UUID.randomUUID());

        provider.cancel(payment, null).as(StepVerifier::create).verifyComplete();
        provider.standing(payment, null).as(StepVerifier::create).verifyComplete();

        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    static Stream<ResponseDefinitionBuilder> failures() {
        return Stream.of(
                error(500, "api_error"),
                status(502).withBody("<html>Bad gateway</html>"),
                status(503),
                error(429, "rate_limit"),
                error(409, "idempotency_key_in_use"),
                error(401, "api_key_expired"),
                error(403, "more_permissions_required"),
                temporaryRedirect("/elsewhere"),
                okJson(""),
                okJson("<html>hello</html>"),
                okJson("{\"id\": \"pi_1\"}"),
                okJson("{\"id\": \"../pi_1\", \"client_secret\": \"s\"}"),
                okJson("{\"id\": \"pi_1\", \"client_secret\": \"" + "s".repeat(300_000) + "\"}"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                okJson("{\"id\": \"pi_1\", \"client_secret\": \"s\"}").withFixedDelay(60_000),
                okJson("{\"id\": \"pi_1\", \"client_secret\": \"s\"}").withChunkedDribbleDelay(20, 60_000));
    }

    @Test
    void brokenConnectionIsTriedOnceMoreUnderTheSameKey() {
        var payment = payment("CARD");
        STRIPE.server()
                .stubFor(post(INTENTS)
                        .inScenario("broken")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
                        .willSetStateTo("mended"));
        STRIPE.server()
                .stubFor(post(INTENTS)
                        .inScenario("broken")
                        .whenScenarioStateIs("mended")
                        .willReturn(okJson("{\"id\": \"pi_1\", \"client_secret\": \"s\"}")));

        provider().open(payment).as(StepVerifier::create).expectNextCount(1).verifyComplete();

        STRIPE.server()
                .verify(2, postRequestedFor(urlEqualTo(INTENTS)).withHeader("Idempotency-Key", equalTo(id(payment))));
    }

    /** If one call blocked the loop, forty would take forty times as long. */
    @Test
    void callsThatHangHoldNoEventLoop() {
        STRIPE.opening(okJson("{}").withFixedDelay(60_000));
        var loop = LoopResources.create("only", 1, true);
        var http = HttpClient.create(ConnectionProvider.create("many", 40)).runOn(loop);
        var web = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
        var provider = provider(web, SHORT);

        var took = Flux.range(0, 40)
                .flatMap(
                        _ -> provider.open(payment("CARD")).onErrorResume(ProviderUnavailable.class, _ -> Mono.empty()),
                        40)
                .as(StepVerifier::create)
                .verifyComplete();

        loop.dispose();
        assertThat(took).isLessThan(SHORT.multipliedBy(10));
    }

    @Test
    void cancellingNamesTheIntent() {
        var payment = payment("CARD");

        provider()
                .cancel(payment.payment(), StripeStub.intentOf(payment.payment().value()))
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(STRIPE.cancels(payment.payment().value())).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "succeeded, SUCCEEDED",
        "processing, PROCESSING",
        "canceled, CANCELLED",
        "requires_payment_method,",
        "requires_action,",
        "requires_confirmation,"
    })
    void intentThatItsBuyerCanStillPayOrIsJustConfirmingWithTheirBankHasNoStandingYet(
            String status, @Nullable String expected) {
        var payment = payment("CARD").payment();
        STRIPE.showing(payment.value(), status);

        var standing = Awaited.of(provider()
                .standing(payment, StripeStub.intentOf(payment.value()))
                .map(found -> found.kind() + " " + found.amount().amount())
                .defaultIfEmpty("none"));

        assertThat(standing).isEqualTo(expected == null ? "none" : expected + " 5000");
    }

    @Test
    void d1IntentThatStripeDoesNotKnowOrThatWasNeverNamedHasNoStanding() {
        var payment = payment("CARD").payment();

        provider().standing(payment, null).as(StepVerifier::create).verifyComplete();
        STRIPE.server()
                .stubFor(com.github.tomakehurst.wiremock.client.WireMock.get("/v1/payment_intents/pi_gone")
                        .willReturn(error(404, "resource_missing")));
        provider().standing(payment, "pi_gone").as(StepVerifier::create).verifyComplete();
    }

    @Test
    void d7CancellingWhatWasNeverHandedToABuyerNeedsNobody() {
        provider()
                .cancel(payment("CARD").payment(), null)
                .as(StepVerifier::create)
                .verifyComplete();

        assertThat(STRIPE.server().getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("gone")
    void cancellingWhatIsGoneIsFine(ResponseDefinitionBuilder answer) {
        STRIPE.cancelling(answer);

        provider()
                .cancel(payment("CARD").payment(), "pi_1")
                .as(StepVerifier::create)
                .verifyComplete();
    }

    static Stream<ResponseDefinitionBuilder> gone() {
        return Stream.of(unexpectedState("canceled"), error(404, "resource_missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"succeeded", "processing"})
    void cancellingWhatIsPaidIsTooLate(String state) {
        STRIPE.cancelling(unexpectedState(state));

        assertRefused(provider().cancel(payment("CARD").payment(), "pi_1"), true);
    }

    @Test
    void cancellingUnderAFaultOfOursIsNoSuccess() {
        STRIPE.cancelling(error(400, "parameter_unknown"));

        assertRefused(provider().cancel(payment("CARD").payment(), "pi_1"), false);
    }

    @Test
    void cancellingAtAFaultOfStripesIsTriedAgainWithoutAKeyThatWouldRepeatTheFault() {
        STRIPE.cancelling(status(500));

        provider()
                .cancel(payment("CARD").payment(), "pi_1")
                .as(StepVerifier::create)
                .expectError(ProviderUnavailable.class)
                .verify(PATIENCE);
        STRIPE.server()
                .verify(postRequestedFor(urlEqualTo(INTENTS + "/pi_1/cancel")).withoutHeader("Idempotency-Key"));
    }

    @ParameterizedTest
    @CsvSource({
        "succeeded, SUCCEEDED",
        "pending, PENDING",
        "requires_action, PENDING",
        "failed, FAILED",
        "canceled, FAILED",
        "something_new, PENDING"
    })
    void d2RefundIsMadeUnderItsOwnKeyAndSaysHowFarItIs(String status, RefundReceipt.State state) {
        var refund = refund();
        STRIPE.refunding(StripeStub.refund(status));

        provider()
                .refund(refund)
                .as(StepVerifier::create)
                .expectNext(new RefundReceipt("re_" + refund.refund().toString().replace("-", ""), state))
                .verifyComplete();

        STRIPE.server()
                .verify(postRequestedFor(urlEqualTo(REFUNDS))
                        .withHeader("Idempotency-Key", equalTo(refund.refund().toString())));
        assertThat(form(REFUNDS))
                .containsExactlyInAnyOrder(
                        "payment_intent=pi_1",
                        "amount=4950",
                        "metadata[payment_id]=" + refund.payment().value(),
                        "metadata[refund_id]=" + refund.refund());
    }

    @Test
    void d2RefundThatWasMadeLongAgoIsNotMadeAgain() {
        var refund = refund();
        STRIPE.server().stubFor(get(urlPathEqualTo(REFUNDS)).willReturn(okJson("""
                {"object": "list", "data": [{"id": "re_other", "status": "failed", "metadata": {}},
                                            {"id": "re_mine", "status": "succeeded", "metadata": {"refund_id": "%s"}}]}
                """.formatted(refund.refund()))));

        provider()
                .refund(refund)
                .as(StepVerifier::create)
                .expectNext(new RefundReceipt("re_mine", RefundReceipt.State.SUCCEEDED))
                .verifyComplete();

        STRIPE.server()
                .verify(getRequestedFor(urlPathEqualTo(REFUNDS))
                        .withQueryParam("payment_intent", equalTo("pi_1"))
                        .withQueryParam("limit", equalTo("100")));
        assertThat(STRIPE.refunds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"charge_already_refunded", "charge_disputed", "amount_too_large"})
    void refundThatStripeRefusesIsForPeople(String code) {
        STRIPE.refunding(error(400, code));

        assertRefused(provider().refund(refund()), false);
    }

    @Test
    void refundThatCannotBeLookedForIsNotMade() {
        STRIPE.server().stubFor(get(urlPathEqualTo(REFUNDS)).willReturn(status(500)));

        provider()
                .refund(refund())
                .as(StepVerifier::create)
                .expectError(ProviderUnavailable.class)
                .verify(PATIENCE);
        assertThat(STRIPE.refunds()).isEmpty();
    }

    private static void assertRefused(Mono<?> call, boolean tooLate) {
        call.as(StepVerifier::create)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ProviderRefused.class,
                                refused -> assertThat(refused.tooLate()).isEqualTo(tooLate)))
                .verify(PATIENCE);
    }

    private static List<String> form(String path) {
        var body = STRIPE.server()
                .findAll(postRequestedFor(urlEqualTo(path)))
                .getFirst()
                .getBodyAsString();
        return Stream.of(body.split("&"))
                .map(field -> URLDecoder.decode(field, UTF_8))
                .toList();
    }

    private static String id(OpenPayment payment) {
        return payment.payment().value().toString();
    }

    private static ProviderSession session(OpenPayment payment) {
        var intent = StripeStub.intentOf(payment.payment().value());
        return new ProviderSession(intent, null, intent + "_secret_test");
    }

    private static OpenPayment payment(String method) {
        return new OpenPayment(
                new PaymentId(UUID.randomUUID()),
                "100001",
                Money.of(4950, "EUR"),
                method,
                "https://shop.example.org/thanks",
                Instant.parse("2026-12-01T18:45:00Z"));
    }

    private static OpenRefund refund() {
        return new OpenRefund(UUID.randomUUID(), new PaymentId(UUID.randomUUID()), "pi_1", Money.of(4950, "EUR"));
    }

    private static StripePaymentProvider provider() {
        return provider(LONG);
    }

    private static StripePaymentProvider provider(Duration limit) {
        return provider(limit, breaker());
    }

    private static StripePaymentProvider provider(Duration limit, CircuitBreaker breaker) {
        var connections = ConnectionProvider.newConnection();
        return provider(
                new StripeHttp().stripeWebClient(WebClient.builder(), limits(limit), stripe(), connections),
                limit,
                breaker);
    }

    private static StripePaymentProvider provider(WebClient http, Duration limit) {
        return provider(http, limit, breaker());
    }

    private static StripePaymentProvider provider(WebClient http, Duration limit, CircuitBreaker breaker) {
        return new StripePaymentProvider(
                new StripeApi(http, stripe(), JsonMapper.shared()), new ProviderCalls(limits(limit), breaker));
    }

    private static CircuitBreaker breaker() {
        var settings = new BreakerProperties(Duration.ofSeconds(30), 5, 50, Duration.ofSeconds(10));
        return CircuitBreaker.of("test", ProviderBreaker.config(settings));
    }

    private static PaymentProperties limits(Duration limit) {
        return new PaymentProperties(
                "stripe", null, null, List.of(), limit, limit, Duration.ofMillis(50), Duration.ofSeconds(10));
    }

    private static StripeProperties stripe() {
        return new StripeProperties(
                StripeStub.API_KEY,
                List.of(StripeStub.SECRET),
                URI.create(STRIPE.address() + "/"),
                Duration.ofMinutes(5));
    }
}
