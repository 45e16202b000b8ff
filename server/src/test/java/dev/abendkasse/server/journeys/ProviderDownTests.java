package dev.abendkasse.server.journeys;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentRequest;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestClients;
import dev.abendkasse.server.testing.Theatre;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** A provider that fails costs nobody a seat: the buyer gets a case number instead of an error. */
class ProviderDownTests {

    private static final WireMockServer PROVIDER = new WireMockServer(options().dynamicPort());
    private static Theatre theatre;

    enum Failure {
        SERVER_ERROR(aResponse().withStatus(500)),
        TOO_MANY_REQUESTS(aResponse().withStatus(429)),
        REFUSED(aResponse().withStatus(400)),
        RESET(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        GARBAGE(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        HANG(aResponse().withStatus(201).withFixedDelay(60_000));

        private final ResponseDefinitionBuilder answer;

        Failure(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }
    }

    @BeforeAll
    static void openTheTheatre() {
        PROVIDER.start();
        theatre = Theatre.open(Map.of(
                "management.server.port",
                "0",
                "abendkasse.payment.time-limit",
                "1s",
                "abendkasse.incidents.look-every",
                "200ms",
                "abendkasse.payment.base-url",
                PROVIDER.baseUrl(),
                "abendkasse.payment.webhook-secrets",
                "whsec_c2VjcmV0LWZvci10ZXN0cy1vZi1ub3RpZmljYXRpb25z"));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        PROVIDER.stop();
    }

    @ParameterizedTest
    @EnumSource
    void unreachableProviderGivesACaseNumberAndTheSeatsStayHeld(Failure failure) throws ApiException {
        PROVIDER.resetAll();
        PROVIDER.stubFor(any(anyUrl()).willReturn(failure.answer));
        var cart = theatre.hold(theatre.best("ga", 1));

        var outcome = (Outcome.UnderReview) theatre.checkOut(cart, PaymentMethod.CARD);

        var order = theatre.shop().withOrderToken(outcome.orderToken()).orders().getOrder(outcome.orderId());
        assertThat(order.getState()).isEqualTo(OrderState.UNDER_REVIEW);
        assertThat(order.getCaseNumber()).isEqualTo(outcome.caseNumber());
        assertThat(theatre.count("select count(*) from place where holder = '" + order.getOrderId()
                        + "' and held_until > clock_timestamp() + interval '23 hours'"))
                .isOne();
        assertThat(theatre.count("select count(*) from case_file where kind = 'TECHNICAL' and order_id = '"
                        + order.getOrderId() + "'"))
                .isOne();
    }

    @Test
    void c11RepeatingTheRequestGivesTheSameCaseNumber() throws ApiException {
        PROVIDER.resetAll();
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        var cart = theatre.hold(theatre.best("ga", 1));
        var key = UUID.randomUUID();
        var request = Theatre.request(PaymentMethod.CARD);

        var first = Theatre.checkOut(theatre.shop(), cart, key, request);

        assertThat(Theatre.checkOut(theatre.shop(), cart, key, request)).isEqualTo(first);
    }

    @Test
    void c11SecondOrderOfOneAddressKeepsItsCartAndCanBePaidOnceTheProviderIsThere() throws ApiException {
        PROVIDER.resetAll();
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        var request = Theatre.request(PaymentMethod.CARD);
        Theatre.checkOut(theatre.shop(), theatre.hold(theatre.best("ga", 1)), UUID.randomUUID(), request);
        var second = theatre.hold(theatre.best("ga", 1));
        var key = UUID.randomUUID();

        assertThatThrownBy(() -> Theatre.checkOut(theatre.shop(), second, key, request))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(503);
                    assertThat(refused.getResponseHeaders().firstValue("Retry-After"))
                            .isPresent();
                });
        assertThat(theatre.shop().withCartToken(second.getCartToken()).carts().getCart(second.getCartId()))
                .as("as it was")
                .returns(CartState.OPEN, Cart::getState)
                .returns(second.getVersion(), Cart::getVersion)
                .returns(second.getExpiresAt(), Cart::getExpiresAt);
        PROVIDER.resetAll();
        PROVIDER.stubFor(post(urlPathEqualTo("/payments"))
                .willReturn(okJson("{\"reference\":\"r1\",\"url\":\"https://pay.example.org/r1\"}")
                        .withStatus(201)));
        Awaitility.await().until(() -> theatre.count("select count(*) from incident where back_at is null") == 0);

        assertThat(Theatre.checkOut(theatre.shop(), second, key, request)).isInstanceOf(Outcome.PaymentRequired.class);
    }

    @Test
    void furtherAttemptIsToldToComeBackAndTheOrderStaysAsItIs() throws ApiException {
        PROVIDER.resetAll();
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        var reserved =
                (Outcome.Reserved) theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.PAY_LATER);
        var shop = theatre.shop().withOrderToken(reserved.orderToken());
        var order = reserved.order().getOrderId();

        assertThatThrownBy(() -> shop.payments()
                        .createPayment(order, UUID.randomUUID(), new PaymentRequest().method(PspMethod.CARD)))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(503));

        assertThat(shop.orders().getOrder(order).getState()).isEqualTo(OrderState.RESERVED);
    }

    @Test
    void providerThatIsLeftAloneCanBeWatchedAndTakesNoReplicaOutOfService() throws ApiException {
        var server = theatre.server();
        var breaker = server.bean(CircuitBreaker.class);
        breaker.transitionToOpenState();
        try {
            assertThat(theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.CARD))
                    .isInstanceOf(Outcome.UnderReview.class);

            var meters = server.bean(MeterRegistry.class);
            assertThat(meters.get("resilience4j.circuitbreaker.state")
                            .tags("name", "payment", "state", "open")
                            .gauge()
                            .value())
                    .isOne();
            assertThat(meters.get("resilience4j.circuitbreaker.not.permitted.calls")
                            .tag("name", "payment")
                            .counter()
                            .count())
                    .isPositive();
            assertThat(Awaited.of(server.bean("paymentProviderHealthIndicator", ReactiveHealthIndicator.class)
                                    .health())
                            .getStatus())
                    .isEqualTo(Status.UNKNOWN);
            TestClients.http()
                    .build()
                    .get()
                    .uri("http://localhost:" + server.property("local.management.port") + "/actuator/health")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.status")
                    .isEqualTo("UP");
        } finally {
            breaker.reset();
        }
    }
}
