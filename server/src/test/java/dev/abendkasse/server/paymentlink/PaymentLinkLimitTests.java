package dev.abendkasse.server.paymentlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Whoever guesses or asks without end is slowed down, and nobody else. */
class PaymentLinkLimitTests {

    private static final int PER_MINUTE = 10;
    private static final String WRONG = "A".repeat(43);

    private static Theatre theatre;
    private static LinkDesk desk;

    @BeforeAll
    static void openTheTheatre() {
        theatre = LinkDesk.openTheTheatre(
                Map.of("abendkasse.web.links-per-minute", PER_MINUTE, "server.forward-headers-strategy", "framework"));
        desk = new LinkDesk(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void anAddressThatGuessesIsSlowedDownSoonAndOthersAreNot() throws ApiException {
        var token = LinkDesk.token(desk.send(desk.reserved(1).getOrderId()));
        look("10.1.0.1", WRONG).expectStatus().isNotFound();
        pay("10.1.0.1", WRONG).expectStatus().isNotFound();

        var refused = look("10.1.0.1", token).expectStatus().isEqualTo(429).returnResult(Void.class);

        assertThat(Integer.parseInt(refused.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER)))
                .isBetween(1, 60);
        look("10.1.0.2", token).expectStatus().isOk();
    }

    @Test
    void oneLinkIsNotAskedForWithoutEndFromManyAddresses() throws ApiException {
        var token = LinkDesk.token(desk.send(desk.reserved(1).getOrderId()));
        for (int i = 0; i < PER_MINUTE; i++) {
            look("10.2.0." + i, token).expectStatus().isOk();
        }

        look("10.2.1.1", token).expectStatus().isEqualTo(429);
        pay("10.2.1.2", token).expectStatus().isEqualTo(429);
        look("10.2.1.3", LinkDesk.token(desk.send(desk.reserved(1).getOrderId())))
                .expectStatus()
                .isOk();
    }

    private static ResponseSpec look(String address, String token) {
        return theatre.server()
                .http()
                .get()
                .uri("/v1/payment-link")
                .header("X-Forwarded-For", address)
                .header("Link-Token", token)
                .exchange();
    }

    private static ResponseSpec pay(String address, String token) {
        return theatre.server()
                .http()
                .post()
                .uri("/v1/payment-link/payment")
                .header("X-Forwarded-For", address)
                .header("Link-Token", token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("method", "CARD", "amount", Map.of("amount", 5000, "currency", "EUR")))
                .exchange();
    }
}
