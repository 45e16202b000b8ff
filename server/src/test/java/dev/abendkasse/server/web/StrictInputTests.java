package dev.abendkasse.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.TestClients;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Bad input gets a 4xx with a pointer to the fault, never a 5xx (promise 10). */
class StrictInputTests {

    private static TestServer server;
    private static WebTestClient http;

    @BeforeAll
    static void start() {
        // As in a real house: what is there for its keeper has a port of its own.
        server = TestServer.on(TestDatabase.fresh(), Map.of("management.server.port", "0"));
        http = server.http();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nonsense\": 1} | #/nonsense",
                "{\"a/b~c d\": 1} | #/a~1b~0c%20d",
                "{\"shopId\": 7} | #/shopId",
                "{\"shopId\": [\"main\"]} | #/shopId",
                "{\"shopId\": \"\"} | #/shopId",
                "{\"shopId\": \"ma\\u0000in\"} | #/shopId",
                "{\"shopId\": \"ma\\ud800in\"} | #/shopId",
                "{\"items\": 7} | #/items",
                "{\"items\": {\"performanceId\": \"1-1-1-1-1\"}} | #/items/performanceId",
                "{\"items\": {\"seatIds\": [null]}} | #/items/seatIds/0",
                "{\"items\": {\"seatIds\": [\"a\", {\"x\": 1}]}} | #/items/seatIds/1",
                "{\"items\": {\"seatIds\": [\"a\", \"b\\u0000\"]}} | #/items/seatIds/1",
                "{\"items\": {\"quantity\": 99999999999999999999}} | #/items/quantity",
                "{\"items\": {\"quantity\": 1e400}} | #/items/quantity",
                "{\"items\": {\"quantity\": \"1\"}} | #/items/quantity",
                "{\"items\": {\"quantity\": 1.5}} | #/items/quantity",
                "{\"items\": {\"quantity\": true}} | #/items/quantity",
                "{\"buyer\": {\"email\": \"nobody\", \"name\": \"Example\"}} | #/buyer/email",
                "{\"buyer\": {\"email\": \"buyer@example.org\"}} | #/buyer/name",
                "{\"buyer\": {\"email\": \"buyer@example.org\", \"name\": null}} | #/buyer/name",
                "{\"buyer\": {\"email\": \"buyer@example.org\", \"name\": \"a\\tb\"}} | #/buyer/name",
            })
    void aFaultInTheBodyIsPointedAt(String body, String pointer) {
        cart(body)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-request")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"shopId\" \"main\"}",
                "{\"shopId\": }",
                "{} {}",
                "{}]",
                "nonsense",
                "{'shopId': 'main'}",
                "{\"shopId\": \"a\nb\"}"
            })
    void whatIsNoJsonIsMalformed(String body) {
        cart(body).expectStatus().isBadRequest().expectBody().jsonPath("$.code").isEqualTo("malformed-request");
    }

    @Test
    void aFieldThatComesTwiceIsPointedAt() {
        cart("{\"items\": {\"quantity\": 1, \"quantity\": 2}}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("malformed-request")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#/items/quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void aMissingBodyIsTold(String body) {
        cart(body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#");
    }

    @Test
    void deepNestingIsRefused() {
        cart("{\"items\":".repeat(5_000)).expectStatus().isBadRequest();
        cart("[".repeat(60_000)).expectStatus().isBadRequest();
    }

    @Test
    void invalidUtf8IsRefused() {
        http.post()
                .uri("/v1/carts")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"shopId\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("malformed-request");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/events?q=%00, q",
        "/v1/events?limit=0, limit",
        "/v1/events?limit=abc, limit",
        "/v1/events?limit=99999999999999999999, limit",
        "/v1/events?from=yesterday, from",
        "/v1/events?from=1700000000000, from",
        "/v1/events?from=%2B1000000000-12-31T23:59:59Z, from",
        "/v1/events/1-1-1-1-1, eventId",
        "/v1/events/nonsense, eventId",
    })
    void aFaultInTheAddressNamesTheParameter(String address, String parameter) {
        http.get()
                .uri(server.address().resolve(address))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-request")
                .jsonPath("$.errors[0].parameter")
                .isEqualTo(parameter);
    }

    @Test
    void checkoutWithoutTheVersionIsToldToStateIt() {
        checkout(Map.of("Idempotency-Key", UUID.randomUUID().toString()))
                .expectStatus()
                .isEqualTo(428)
                .expectBody()
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("If-Match");
    }

    @Test
    void checkoutWithoutAKeyIsRefused() {
        checkout(Map.of("If-Match", "\"1\""))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void checkoutWithABrokenHeaderIsRefused() {
        checkout(Map.of("If-Match", "1", "Idempotency-Key", UUID.randomUUID().toString()))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("If-Match");
        checkout(Map.of("If-Match", "\"1\"", "Idempotency-Key", "1-1-1-1-1"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void onlyJsonIsTakenAndGiven() {
        http.post()
                .uri("/v1/carts")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        unchecked()
                .get()
                .uri("/v1/events")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    /** Who asks for what no contract offers gets an answer that no contract lists. */
    private static WebTestClient unchecked() {
        return TestClients.http().baseUrl(server.address().toString()).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/nonsense", "/v1/carts/", "/v3/api-docs", "/actuator", "/actuator/env"})
    void whatTheContractDoesNotKnowIsNotFound(String path) {
        http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("not-found");
    }

    @Test
    void aMethodThatTheContractDoesNotKnowIsNotAllowed() {
        var headers = http.delete()
                .uri("/v1/carts")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .returnResult(Void.class)
                .getResponseHeaders();

        assertThat(headers.getFirst("Allow")).isEqualTo("POST");
    }

    private static ResponseSpec cart(String body) {
        return http.post()
                .uri("/v1/carts")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static ResponseSpec checkout(Map<String, String> headers) {
        return http.post()
                .uri("/v1/carts/" + UUID.randomUUID() + "/checkout")
                .header("Cart-Token", "x".repeat(43))
                .headers(all -> headers.forEach(all::set))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"paymentMethod\": \"CARD\"}")
                .exchange();
    }
}
