package dev.abendkasse.server.paymentlink;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.abendkasse.server.paymentlink.LinkDesk.problem;
import static dev.abendkasse.server.paymentlink.LinkDesk.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.abendkasse.sdk.http.ApiException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A provider that fails leaves a link as it is. */
class PaymentLinkProviderDownTests {

    private static final Map<String, Object> SETTINGS =
            Map.of("abendkasse.payment.webhook-secrets", "whsec_c2VjcmV0LWZvci10ZXN0cy1vZi1ub3RpZmljYXRpb25z");

    @Test
    void p4PayerIsToldToComeBackAndTheSameRequestIsThenFinished() throws ApiException {
        var provider = new WireMockServer(options().dynamicPort());
        provider.start();
        var settings = new HashMap<>(SETTINGS);
        settings.put("abendkasse.payment.base-url", provider.baseUrl());
        try (var theatre = LinkDesk.openTheTheatre(settings)) {
            var desk = new LinkDesk(theatre);
            provider.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
            var link = desk.send(desk.reserved(1).getOrderId());
            var token = LinkDesk.token(link);
            var key = UUID.randomUUID();

            problem(503, "unavailable", () -> desk.pay(token, request(5_000), key));

            assertThat(desk.state(link)).isEqualTo("OPEN");
            provider.resetAll();
            provider.stubFor(post(urlPathEqualTo("/payments"))
                    .willReturn(okJson("{\"reference\":\"r1\",\"url\":\"https://pay.example.org/r1\"}")
                            .withStatus(201)));
            assertThat(desk.pay(token, request(5_000), key).getUrl()).hasToString("https://pay.example.org/r1");
            assertThat(theatre.count("select count(*) from payment where order_id = '" + link.getOrderId() + "'"))
                    .isOne();
        } finally {
            provider.stop();
        }
    }
}
