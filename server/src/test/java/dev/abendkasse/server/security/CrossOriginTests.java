package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Browsers may call from the shops' front ends, and keep of the answers only what anyone may read. */
class CrossOriginTests {

    private static TestServer server;
    private static WebTestClient http;

    @BeforeAll
    static void start() {
        var database = TestDatabase.fresh();
        Awaited.of(database.client()
                .sql("update shop set return_origins = '{https://shop.example.org}'")
                .then());
        server = TestServer.on(database, Map.of("abendkasse.security.origins", "https://app.example.org"));
        http = server.http();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example.org", "https://app.example.org"})
    void aFrontEndMayCall(String origin) {
        http.options()
                .uri("/v1/carts")
                .header(HttpHeaders.ORIGIN, origin)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "POST")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "cart-token, idempotency-key, authorization")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        http.get()
                .uri("/v1/events")
                .header(HttpHeaders.ORIGIN, origin)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(
                        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                        exposed -> assertThat(exposed).contains("ETag", "Retry-After"));
    }

    @Test
    void refusalsCanBeReadThereToo() {
        http.post()
                .uri("/v1/carts")
                .header(HttpHeaders.ORIGIN, "https://shop.example.org")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .exists(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    }

    @Test
    void otherPagesMayNot() {
        http.options()
                .uri("/v1/carts")
                .header(HttpHeaders.ORIGIN, "https://elsewhere.example.org")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "POST")
                .exchange()
                .expectStatus()
                .isForbidden();
        http.get()
                .uri("/v1/events")
                .header(HttpHeaders.ORIGIN, "https://elsewhere.example.org")
                .exchange()
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    }

    @Test
    void onlyWhatAnyoneMayReadIsKept() {
        http.get().uri("/v1/events").exchange().expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
        http.get().uri("/v1/me").exchange().expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-store");
        http.get().uri("/v1/events").exchange().expectHeader().valueEquals("X-Content-Type-Options", "nosniff");
    }

    @Test
    void theContractIsServedAsYaml() {
        http.get()
                .uri("/openapi.yaml")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/yaml");
        http.get().uri("/swagger-ui/index.html").exchange().expectStatus().isOk();
    }
}
