package dev.abendkasse.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

/** No client makes memory grow without bound; beyond its share the answer is an early 429 or 413 (promise 13). */
class BoundsTests {

    private static final int KIBIBYTE = 1024;

    private static TestServer server;
    private static WebTestClient http;

    @BeforeAll
    static void start() {
        server = TestServer.on(
                TestDatabase.fresh(),
                Map.of("abendkasse.web.sign-ins-per-minute", "3", "server.forward-headers-strategy", "framework"));
        http = server.http();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aBodyOverTheLimitIsRefusedByItsStatedLength() {
        var answer =
                cart(" ".repeat(65 * KIBIBYTE)).expectStatus().isEqualTo(413).returnResult(Void.class);

        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.CONNECTION)).isEqualTo("close");
    }

    @Test
    void aBodyUnderTheLimitIsRead() {
        cart(" ".repeat(63 * KIBIBYTE)).expectStatus().isBadRequest();
    }

    @Test
    void aBodyOfUnstatedLengthIsCounted() {
        http.post()
                .uri("/v1/carts")
                .contentType(MediaType.APPLICATION_JSON)
                .body(BodyInserters.fromPublisher(Flux.range(0, 200).map(_ -> " ".repeat(KIBIBYTE)), String.class))
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void aFormOverTheLimitIsRefused() {
        token("10.9.9.9", "grant_type=password&password=" + "a".repeat(65 * KIBIBYTE))
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void anAddressIsSlowedDownAndOthersAreNot() {
        for (int i = 0; i < 3; i++) {
            token("10.0.0.1", "grant_type=x").expectStatus().isBadRequest();
        }

        var refused =
                token("10.0.0.1", "grant_type=x").expectStatus().isEqualTo(429).returnResult(Void.class);

        assertThat(Integer.parseInt(refused.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER)))
                .isBetween(1, 20);
        token("10.0.0.2", "grant_type=x").expectStatus().isBadRequest();
    }

    @Test
    void anAddressThatTriesLinksForPasswordsIsSlowedDownAndOthersAreNot() {
        for (int i = 0; i < 3; i++) {
            password("10.0.1.1").expectStatus().isEqualTo(410);
        }

        password("10.0.1.1").expectStatus().isEqualTo(429).expectHeader().exists(HttpHeaders.RETRY_AFTER);
        password("10.0.1.2").expectStatus().isEqualTo(410);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3",
        "::ffff:10.1.2.3, 10.1.2.3",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::, 20010db800010002",
    })
    void anIpv6SubscriberCountsAsOne(String address, String prefix) {
        assertThat(ClientAddress.of(InetAddress.ofLiteral(address)).prefix()).isEqualTo(prefix);
    }

    private static ResponseSpec cart(String body) {
        return http.post()
                .uri("/v1/carts")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static ResponseSpec password(String address) {
        return http.post()
                .uri("/v1/account-links/password")
                .header("X-Forwarded-For", address)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"token\":\"made-up\",\"password\":\"correct horse battery\"}")
                .exchange();
    }

    private static ResponseSpec token(String address, String form) {
        return http.post()
                .uri("/v1/oauth2/token")
                .header("X-Forwarded-For", address)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(form)
                .exchange();
    }
}
