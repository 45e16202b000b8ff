package dev.abendkasse.server.payment.stripe;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Plays Stripe's API with the fields that its documentation names. An intent's name follows from the idempotency key. */
final class StripeStub implements AutoCloseable {

    static final String API_KEY = "sk_test_abendkasse";
    static final String SECRET = "whsec_first_secret_of_the_tests";
    static final String NEXT_SECRET = "whsec_next_secret_of_the_tests";

    private static final String INTENT = """
            {"id": "pi_{{replace request.headers.Idempotency-Key '-' ''}}", "object": "payment_intent",
             "client_secret": "pi_{{replace request.headers.Idempotency-Key '-' ''}}_secret_test",
             "status": "requires_payment_method", "livemode": false, "amount_received": 0, "next_action": null}
            """;

    private static final String REFUND = """
            {"id": "re_{{replace request.headers.Idempotency-Key '-' ''}}", "object": "refund", "status": "%s",
             "metadata": {"refund_id": "{{request.headers.Idempotency-Key}}"}}
            """;

    /** Calls that are left hanging keep a thread each. */
    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().containerThreads(100).globalTemplating(true));

    StripeStub() {
        server.start();
        reset();
    }

    /** Forgets what it was asked, and does everything that is asked of it. */
    void reset() {
        server.resetAll();
        opening(okJson(INTENT));
        cancelling(okJson("{\"object\": \"payment_intent\", \"status\": \"canceled\"}"));
        server.stubFor(get(urlPathEqualTo("/v1/refunds")).willReturn(okJson("{\"object\": \"list\", \"data\": []}")));
        refunding(refund("succeeded"));
    }

    void opening(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlPathEqualTo("/v1/payment_intents")).willReturn(answer));
    }

    void cancelling(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlPathMatching("/v1/payment_intents/[^/]+/cancel")).willReturn(answer));
    }

    /** How an intent of 50.00 EUR stands. */
    void showing(UUID payment, String status) {
        server.stubFor(get(urlPathEqualTo("/v1/payment_intents/" + intentOf(payment)))
                .willReturn(okJson("""
                {"id": "%s", "object": "payment_intent", "status": "%s", "amount": 5000, "amount_received": %d,
                 "currency": "eur"}
                """.formatted(intentOf(payment), status, status.equals("succeeded") ? 5000 : 0))));
    }

    void refunding(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlPathEqualTo("/v1/refunds")).willReturn(answer));
    }

    static ResponseDefinitionBuilder refund(String status) {
        return okJson(REFUND.formatted(status));
    }

    static ResponseDefinitionBuilder error(int status, String code) {
        return jsonError(status, "{\"error\": {\"type\": \"invalid_request_error\", \"code\": \"" + code + "\"}}");
    }

    /** What Stripe says when the intent is in a state in which it cannot be done. */
    static ResponseDefinitionBuilder unexpectedState(String state) {
        return jsonError(400, """
                {"error": {"type": "invalid_request_error", "code": "payment_intent_unexpected_state",
                           "payment_intent": {"object": "payment_intent", "status": "%s"}}}
                """.formatted(state));
    }

    static String intentOf(UUID payment) {
        return "pi_" + payment.toString().replace("-", "");
    }

    int cancels(UUID payment) {
        return server.findAll(postRequestedFor(urlPathEqualTo("/v1/payment_intents/" + intentOf(payment) + "/cancel")))
                .size();
    }

    /** The bodies of what was asked. */
    List<String> refunds() {
        return server.findAll(postRequestedFor(urlPathEqualTo("/v1/refunds"))).stream()
                .map(request -> request.getBodyAsString())
                .toList();
    }

    WireMockServer server() {
        return server;
    }

    String address() {
        return server.baseUrl();
    }

    /** What a server is told to use it, with time for the first call of a server that has just started. */
    Map<String, Object> settings() {
        return Map.of(
                "abendkasse.payment.time-limit",
                "6s",
                "abendkasse.payment.provider",
                "stripe",
                "abendkasse.payment.stripe.api-key",
                API_KEY,
                "abendkasse.payment.stripe.base-url",
                address(),
                "abendkasse.payment.stripe.webhook-secrets",
                SECRET + "," + NEXT_SECRET);
    }

    @Override
    public void close() {
        server.stop();
    }

    private static ResponseDefinitionBuilder jsonError(int status, String body) {
        return status(status).withHeader("Content-Type", "application/json").withBody(body);
    }
}
