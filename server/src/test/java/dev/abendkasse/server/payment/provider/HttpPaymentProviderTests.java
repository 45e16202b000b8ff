package dev.abendkasse.server.payment.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.created;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.abendkasse.server.payment.BreakerProperties;
import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.OpenRefund;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.payment.ProviderNotAsked;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderSession;
import dev.abendkasse.server.payment.ProviderStanding;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.payment.RefundReceipt;
import dev.abendkasse.server.sandbox.SandboxAddress;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.web.PublicAddress;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

class HttpPaymentProviderTests {

    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final WireMockExtension PROVIDER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    @Test
    void openingSendsWhatIsToBePaidUnderAKeyOfItsOwn() {
        var payment = payment();
        PROVIDER.stubFor(post("/payments").willReturn(session()));

        provider()
                .open(payment)
                .as(StepVerifier::create)
                .expectNext(new ProviderSession("ref-1", "https://pay.example.org/1", "secret"))
                .verifyComplete();

        var id = payment.payment().value().toString();
        PROVIDER.verify(postRequestedFor(urlEqualTo("/payments"))
                .withHeader("Idempotency-Key", equalTo(id))
                .withRequestBody(matchingJsonPath("$.paymentId", equalTo(id)))
                .withRequestBody(matchingJsonPath("$.amount", equalTo("4950")))
                .withRequestBody(matchingJsonPath("$.currency", equalTo("EUR")))
                .withRequestBody(matchingJsonPath("$.reference", equalTo("100001")))
                .withRequestBody(matchingJsonPath(
                        "$.notificationUrl", equalTo("http://localhost:8080/v1/payment-notifications/sandbox"))));
    }

    @Test
    void fieldsThatTheProviderAddsDoNoHarm() {
        PROVIDER.stubFor(post("/payments")
                .willReturn(okJson("{\"reference\":\"r\",\"url\":\"https://pay.example.org/1\",\"new\":1}")));

        provider().open(payment()).as(StepVerifier::create).expectNextCount(1).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 422})
    void whatTheProviderRefusesIsOurMistake(int status) {
        PROVIDER.stubFor(post("/payments").willReturn(status(status)));

        provider()
                .open(payment())
                .as(StepVerifier::create)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ProviderRefused.class,
                                refused -> assertThat(refused.status()).isEqualTo(status)))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyOtherFailureMeansUnavailableWithinTheLimit(ResponseDefinitionBuilder failure) {
        PROVIDER.stubFor(post("/payments").willReturn(failure));

        assertUnavailable(provider());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyOtherFailureSpeaksAgainstTheProvider(ResponseDefinitionBuilder failure) {
        PROVIDER.stubFor(any(anyUrl()).willReturn(failure));
        var breaker = breaker();
        var provider = provider("http://localhost:" + PROVIDER.getPort(), breaker);

        assertUnavailable(provider);
        provider.standing(new PaymentId(UUID.randomUUID()), null)
                .as(StepVerifier::create)
                .expectError(ProviderUnavailable.class)
                .verify(PATIENCE);

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
        provider.refund(refund()).as(StepVerifier::create).verifyError(ProviderNotAsked.class);
        provider.cancel(new PaymentId(UUID.randomUUID()), null)
                .as(StepVerifier::create)
                .verifyError(ProviderNotAsked.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 404, 409, 422})
    void refusalDoesNotSpeakAgainstTheProvider(int status) {
        PROVIDER.stubFor(post("/payments").willReturn(status(status)));
        var breaker = breaker();

        provider("http://localhost:" + PROVIDER.getPort(), breaker)
                .open(payment())
                .as(StepVerifier::create)
                .verifyError(ProviderRefused.class);

        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
    }

    private static CircuitBreaker breaker() {
        var settings = new BreakerProperties(Duration.ofSeconds(30), 2, 100, Duration.ofMinutes(1));
        return CircuitBreaker.of("test", ProviderBreaker.config(settings));
    }

    static Stream<ResponseDefinitionBuilder> failures() {
        return Stream.of(
                status(500),
                status(503),
                status(429),
                temporaryRedirect("/elsewhere"),
                created(),
                okJson("<html>hello</html>"),
                okJson("{\"reference\":\"r\"}"),
                okJson("{\"reference\":\"r\",\"url\":\"javascript:alert(1)\"}"),
                okJson("{\"reference\":\"" + "r".repeat(100_000) + "\",\"url\":\"https://pay.example.org/1\"}"),
                aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "text/plain")
                        .withBody("fine"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                session().withFixedDelay(60_000),
                session().withChunkedDribbleDelay(20, 60_000));
    }

    @Test
    void refusedConnectionMeansUnavailableWithinTheLimit() {
        assertUnavailable(provider("http://localhost:" + freePort()));
    }

    @Test
    void unknownHostMeansUnavailableWithinTheLimit() {
        assertUnavailable(provider("http://no-such-host.invalid"));
    }

    @Test
    void certificateThatNobodyKnowsMeansUnavailable() {
        PROVIDER.stubFor(post("/payments").willReturn(session()));

        assertUnavailable(provider("https://localhost:" + PROVIDER.getHttpsPort()));
    }

    @Test
    void brokenConnectionIsTriedOnceMoreUnderTheSameKey() {
        var payment = payment();
        PROVIDER.stubFor(post("/payments")
                .inScenario("broken")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
                .willSetStateTo("mended"));
        PROVIDER.stubFor(post("/payments")
                .inScenario("broken")
                .whenScenarioStateIs("mended")
                .willReturn(session()));

        provider().open(payment).as(StepVerifier::create).expectNextCount(1).verifyComplete();

        PROVIDER.verify(
                2,
                postRequestedFor(urlEqualTo("/payments"))
                        .withHeader(
                                "Idempotency-Key",
                                equalTo(payment.payment().value().toString())));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 410})
    void cancellingWhatIsGoneIsFine(int status) {
        var payment = new PaymentId(UUID.randomUUID());
        PROVIDER.stubFor(post("/payments/" + payment.value() + "/cancel").willReturn(status(status)));

        provider().cancel(payment, "ref-1").as(StepVerifier::create).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROCESSING", "SUCCEEDED", "FAILED", "CANCELLED"})
    void d1StandingIsAskedForUnderThePaymentsName(String state) {
        var payment = payment().payment();
        standing(payment, state);

        provider()
                .standing(payment, "ref-1")
                .as(StepVerifier::create)
                .expectNext(new ProviderStanding(PaymentFact.Kind.valueOf(state), Money.of(4950, "EUR"), "ref-1"))
                .verifyComplete();
    }

    @Test
    void d1PaymentThatWaitsForItsBuyerOrIsUnknownHasNoStanding() {
        var payment = payment().payment();
        standing(payment, "OPEN");
        provider().standing(payment, "ref-1").as(StepVerifier::create).verifyComplete();

        PROVIDER.stubFor(get("/payments/" + payment.value() + "/state").willReturn(status(404)));
        provider().standing(payment, "ref-1").as(StepVerifier::create).verifyComplete();
    }

    @Test
    void standingThatMakesNoSenseIsNone() {
        var payment = payment().payment();
        standing(payment, "PERHAPS");

        provider().standing(payment, "ref-1").as(StepVerifier::create).verifyError(ProviderUnavailable.class);
    }

    private static void standing(PaymentId payment, String state) {
        PROVIDER.stubFor(get("/payments/" + payment.value() + "/state")
                .willReturn(okJson(
                        "{\"reference\":\"ref-1\",\"state\":\"" + state + "\",\"amount\":4950,\"currency\":\"EUR\"}")));
    }

    @Test
    void cancellingWhatIsPaidIsTooLate() {
        var payment = new PaymentId(UUID.randomUUID());
        PROVIDER.stubFor(post("/payments/" + payment.value() + "/cancel").willReturn(status(409)));

        provider()
                .cancel(payment, null)
                .as(StepVerifier::create)
                .expectErrorMatches(error -> error instanceof ProviderRefused refused && refused.tooLate())
                .verify(PATIENCE);
    }

    @Test
    void refundIsAskedForUnderItsOwnKey() {
        var refund = refund();
        PROVIDER.stubFor(post(refunds(refund))
                .willReturn(
                        created().withHeader("Content-Type", "application/json").withBody("""
                        {"reference": "re-1", "state": "PENDING", "more": 1}""")));

        provider()
                .refund(refund)
                .as(StepVerifier::create)
                .expectNext(new RefundReceipt("re-1", RefundReceipt.State.PENDING))
                .verifyComplete();

        var id = refund.refund().toString();
        PROVIDER.verify(postRequestedFor(urlEqualTo(refunds(refund)))
                .withHeader("Idempotency-Key", equalTo(id))
                .withRequestBody(matchingJsonPath("$.refundId", equalTo(id)))
                .withRequestBody(matchingJsonPath("$.reference", equalTo("ref-1")))
                .withRequestBody(matchingJsonPath("$.amount", equalTo("4950")))
                .withRequestBody(matchingJsonPath("$.currency", equalTo("EUR"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void refundThatTheProviderRefusesIsNotTriedAgain(int status) {
        var refund = refund();
        PROVIDER.stubFor(post(refunds(refund)).willReturn(status(status)));

        provider().refund(refund).as(StepVerifier::create).verifyError(ProviderRefused.class);

        PROVIDER.verify(1, postRequestedFor(urlEqualTo(refunds(refund))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"reference\":\"re-1\"}",
                "{\"reference\":\"re-1\",\"state\":\"LOST\"}",
                "{\"reference\":\"re 1\",\"state\":\"PENDING\"}"
            })
    void answerToARefundThatMakesNoSenseMeansUnavailable(String body) {
        var refund = refund();
        PROVIDER.stubFor(post(refunds(refund)).willReturn(okJson(body)));

        provider().refund(refund).as(StepVerifier::create).verifyError(ProviderUnavailable.class);
    }

    private static OpenRefund refund() {
        return new OpenRefund(UUID.randomUUID(), new PaymentId(UUID.randomUUID()), "ref-1", Money.of(4950, "EUR"));
    }

    private static String refunds(OpenRefund refund) {
        return "/payments/" + refund.payment().value() + "/refunds";
    }

    private static void assertUnavailable(PaymentProvider provider) {
        var took = provider.open(payment())
                .as(StepVerifier::create)
                .expectError(ProviderUnavailable.class)
                .verify(PATIENCE);

        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    private static ResponseDefinitionBuilder session() {
        return aResponse()
                .withStatus(201)
                .withHeader("Content-Type", "application/json")
                .withBody("""
                        {"reference": "ref-1", "url": "https://pay.example.org/1", "clientSecret": "secret"}
                        """);
    }

    private static OpenPayment payment() {
        return new OpenPayment(
                new PaymentId(UUID.randomUUID()),
                "100001",
                Money.of(4950, "EUR"),
                "CARD",
                "https://shop.example.org/thanks",
                Instant.parse("2026-12-01T18:45:00Z"));
    }

    private static PaymentProvider provider() {
        return provider("http://localhost:" + PROVIDER.getPort());
    }

    private static PaymentProvider provider(String baseUrl) {
        return provider(baseUrl, CircuitBreaker.ofDefaults("test"));
    }

    private static PaymentProvider provider(String baseUrl, CircuitBreaker breaker) {
        var properties = new PaymentProperties(
                "sandbox",
                URI.create(baseUrl),
                null,
                List.of("whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0"),
                LIMIT,
                LIMIT,
                Duration.ofMillis(50),
                Duration.ofSeconds(10));
        var http = new ProviderHttp().paymentHttp(WebClient.builder(), properties, ConnectionProvider.newConnection());
        var noSandbox = new StaticListableBeanFactory().getBeanProvider(SandboxAddress.class);
        return new HttpPaymentProvider(
                http,
                properties,
                new ProviderCalls(properties, breaker),
                new ProviderAddress(properties, noSandbox),
                new PublicAddress(new MockEnvironment()));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
