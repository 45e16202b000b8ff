package dev.abendkasse.server.journeys;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A provider that fails, and comes back later with what it had taken while nobody heard its answers. */
final class DeadProvider implements AutoCloseable {

    private static final int LONGER_THAN_ANYBODY_WAITS = 6_000;

    /** The ways in which it fails. */
    enum Failure {
        REFUSED(false, ok()),
        TLS_ERROR(false, ok()),
        SERVER_ERROR(false, aResponse().withStatus(500)),
        TOO_MANY_REQUESTS(false, aResponse().withStatus(429)),
        RESET(true, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        HANG(true, ok().withFixedDelay(LONGER_THAN_ANYBODY_WAITS)),
        SLOW_BODY(true, ok().withChunkedDribbleDelay(50, LONGER_THAN_ANYBODY_WAITS)),
        GARBAGE(
                true,
                aResponse()
                        .withStatus(201)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{\"ref"));

        /** Whether the payment was opened all the same, so that somebody may pay it. */
        private final boolean taken;

        private final ResponseDefinitionBuilder answer;

        Failure(boolean taken, ResponseDefinitionBuilder answer) {
            this.taken = taken;
            this.answer = answer;
        }

        boolean mayBePaid() {
            return taken;
        }
    }

    private final WireMockServer server = new WireMockServer(
            options().dynamicPort().dynamicHttpsPort().containerThreads(250).jettyStopTimeout(100L));

    DeadProvider() {
        server.start();
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(503)));
    }

    /** Where it is for a server that meets this failure. */
    String addressFor(Failure failure) {
        return switch (failure) {
            case REFUSED -> "http://localhost:1";
            case TLS_ERROR -> "https://localhost:" + server.httpsPort();
            default -> "http://localhost:" + server.port();
        };
    }

    /** From now on everything fails in this way. */
    void fail(Failure failure) {
        server.stubFor(any(anyUrl()).atPriority(5).willReturn(failure.answer));
        server.resetRequests();
    }

    /** The payments that it was asked to open since it began to fail in this way. */
    Set<UUID> taken() {
        return server.findAll(postRequestedFor(urlPathEqualTo("/payments"))).stream()
                .map(request -> JsonMapper.shared().readTree(request.getBody()))
                .map(body -> UUID.fromString(body.get("paymentId").asString()))
                .collect(Collectors.toSet());
    }

    /** It works again, and what it had taken is paid. */
    void recover(Set<UUID> paid) {
        server.stubFor(post("/payments").atPriority(2).willReturn(ok()));
        server.stubFor(get(urlPathMatching("/payments/.*/state"))
                .atPriority(2)
                .willReturn(aResponse().withStatus(404)));
        server.stubFor(post(urlPathMatching("/payments/.*/cancel"))
                .atPriority(2)
                .willReturn(aResponse().withStatus(200)));
        server.stubFor(post(urlPathMatching("/payments/.*/refunds"))
                .atPriority(2)
                .willReturn(json("{\"reference\":\"back\",\"state\":\"SUCCEEDED\"}")));
        paid.forEach(this::isPaid);
    }

    /** How often money of this payment was given back. */
    long refunds(UUID payment) {
        return server.findAll(postRequestedFor(urlPathEqualTo("/payments/" + payment + "/refunds"))).stream()
                .map(request -> request.header("Idempotency-Key").firstValue())
                .distinct()
                .count();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void isPaid(UUID payment) {
        server.stubFor(post("/payments/" + payment + "/cancel")
                .atPriority(1)
                .willReturn(aResponse().withStatus(409)));
        server.stubFor(get("/payments/" + payment + "/state")
                .atPriority(1)
                .willReturn(
                        json("{\"reference\":\"sb-%s\",\"state\":\"SUCCEEDED\",\"amount\":5000,\"currency\":\"EUR\"}"
                                .formatted(payment))));
    }

    private static ResponseDefinitionBuilder ok() {
        return json("{\"reference\":\"r1\",\"url\":\"https://pay.example.org/r1\"}");
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withStatus(201)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }
}
