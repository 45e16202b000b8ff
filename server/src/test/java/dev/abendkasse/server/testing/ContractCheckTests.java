package dev.abendkasse.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.model.CartCreation;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The guard itself must be able to fail. */
class ContractCheckTests {

    private static final String CART = """
            {"cartId":"0199d1f2-77aa-7b01-8c02-112233445566","shopId":"main","state":"OPEN","version":1,
             "pickupCode":"7K4M2Q","expiresAt":"2026-12-01T18:45:00Z","items":[],"total":{"amount":0,"currency":"EUR"}}""";

    private static final String PROBLEM = """
            {"type":"/problems/cart-not-found","title":"No such cart","status":404,"code":"cart-not-found"}""";

    @Test
    void answerAsInTheContractPasses() {
        assertThatCode(() -> cart(200, "application/json", CART)).doesNotThrowAnyException();
        assertThatCode(() -> cart(404, "application/problem+json", PROBLEM)).doesNotThrowAnyException();
        assertThatCode(() -> create("{}")).doesNotThrowAnyException();
    }

    @Test
    void memberThatTheContractDoesNotNameIsFound() {
        assertBroken(
                () -> cart(200, "application/json", CART.replace("\"version\":1", "\"version\":1,\"blocked\":true")));
    }

    @Test
    void missingMemberIsFound() {
        assertBroken(() -> cart(200, "application/json", CART.replace("\"version\":1,", "")));
    }

    @Test
    void valueOutOfBoundsIsFound() {
        assertBroken(() -> cart(200, "application/json", CART.replace("7K4M2Q", "7K4M2QQQ")));
    }

    @Test
    void statusThatTheContractDoesNotListIsFound() {
        assertBroken(() -> cart(418, "application/problem+json", PROBLEM.replace("404", "418")));
    }

    @Test
    void problemInAnotherFormatIsFound() {
        assertBroken(() -> cart(404, "application/json", PROBLEM));
    }

    @Test
    void problemWithAnotherStatusThanTheAnswerIsFound() {
        assertBroken(() -> cart(404, "application/problem+json", PROBLEM.replace("404", "400")));
    }

    @Test
    void codeThatTheContractDoesNotNameForTheOperationIsFound() {
        assertBroken(() -> cart(404, "application/problem+json", PROBLEM.replace("cart-not", "event-not")));
    }

    @Test
    void busyServerThatDoesNotSayWhenToComeBackIsFound() {
        assertBroken(() -> cart(
                503,
                "application/problem+json",
                PROBLEM.replace("404", "503").replace("cart-not-found", "unavailable")));
    }

    @Test
    void requestThatTheContractForbidsMustNotSucceed() {
        assertBroken(() -> create("{\"color\":\"red\"}"));
    }

    @Test
    void everyOutcomeOfTheContractsOwnExamplesPasses() {
        assertThatCode(() -> checkout("{\"outcome\":\"REDIRECT\",\"location\":\"https://shop.example.org/events\"}"))
                .doesNotThrowAnyException();
        assertBroken(
                () -> checkout(
                        "{\"outcome\":\"REDIRECT\",\"location\":\"https://shop.example.org/events\",\"caseNumber\":\"1234567893\"}"));
    }

    @Test
    void realAnswersPassThroughBothClients() throws Exception {
        var database = TestDatabase.fresh();
        try (var server = TestServer.on(database)) {
            var performance = Awaited.of(Hall.open(database.client(), 10, 0));
            server.http()
                    .post()
                    .uri("/v1/carts")
                    .bodyValue(Map.of("items", Map.of("performanceId", performance, "seatIds", new String[] {"r1-1"})))
                    .exchange()
                    .expectStatus()
                    .isCreated()
                    .expectBody()
                    .jsonPath("$.items[0].seat.seatId")
                    .isEqualTo("r1-1");
            server.http().get().uri("/v1/nothing").exchange().expectStatus().isNotFound();
            server.http().delete().uri("/v1/carts").exchange().expectStatus().isEqualTo(405);

            var client = AbendkasseClient.at(server.address())
                    .httpClient(ContractCheck.of(HttpClient.newHttpClient()))
                    .build();
            assertThat(client.carts()
                            .createCart(new CartCreation(), UUID.randomUUID())
                            .getCartId())
                    .isNotNull();
        }
    }

    private static void cart(int status, String type, String body) {
        var headers = headers(type);
        headers.setETag("\"1\"");
        var requestHeaders = new HttpHeaders();
        requestHeaders.set("Cart-Token", "secret");
        var uri = URI.create("http://localhost/v1/carts/0199d1f2-77aa-7b01-8c02-112233445566");
        ContractCheck.verify(new Exchange("GET", uri, requestHeaders, null, status, headers, bytes(body)));
    }

    private static void create(String request) {
        var headers = headers("application/json");
        headers.setETag("\"1\"");
        ContractCheck.verify(new Exchange(
                "POST",
                URI.create("http://localhost/v1/carts"),
                headers("application/json"),
                bytes(request),
                201,
                headers,
                bytes(CART)));
    }

    private static void checkout(String outcome) {
        var requestHeaders = headers("application/json");
        requestHeaders.set("Cart-Token", "secret");
        requestHeaders.set("Idempotency-Key", UUID.randomUUID().toString());
        requestHeaders.setIfMatch("\"1\"");
        var uri = URI.create("http://localhost/v1/carts/0199d1f2-77aa-7b01-8c02-112233445566/checkout");
        ContractCheck.verify(new Exchange(
                "POST", uri, requestHeaders, bytes("{}"), 200, headers("application/json"), bytes(outcome)));
    }

    private static HttpHeaders headers(String type) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.parseMediaType(type));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertBroken(org.assertj.core.api.ThrowableAssert.ThrowingCallable exchange) {
        assertThatThrownBy(exchange).isInstanceOf(AssertionError.class).hasMessageContaining("contract is broken");
    }
}
