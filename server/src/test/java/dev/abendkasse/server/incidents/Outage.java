package dev.abendkasse.server.incidents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.ProvidersWord;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A theatre whose payment provider is down or back as a test has it; nobody looks whether it is back unless the test does. */
final class Outage implements AutoCloseable {

    private final WireMockServer provider = new WireMockServer(options().dynamicPort());
    private final Map<String, Object> settings = new HashMap<>();
    private final Theatre theatre;

    Outage(Map<String, Object> more) {
        provider.start();
        settings.put("abendkasse.payment.base-url", provider.baseUrl());
        settings.put("abendkasse.payment.webhook-secrets", ProvidersWord.secret());
        settings.put("abendkasse.incidents.look-every", "1h");
        settings.put("abendkasse.order.sweep-every", "1h");
        settings.putAll(more);
        theatre = Theatre.open(settings);
        Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        down();
    }

    Theatre theatre() {
        return theatre;
    }

    Theatre replica() {
        return theatre.replica(settings);
    }

    /** All incidents are history. */
    void forget() {
        down();
        Theatre.execute(theatre.db(), "update incident set back_at = clock_timestamp() - interval '1 day'");
    }

    void down() {
        answer(503);
    }

    /** @param status that every question gets */
    void answer(int status) {
        provider.resetAll();
        provider.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
    }

    void back() {
        provider.resetAll();
        provider.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(404)));
        provider.stubFor(post("/payments")
                .willReturn(okJson("{\"reference\":\"r1\",\"url\":\"https://pay.example.org/r1\"}")
                        .withStatus(201)));
    }

    /** What the job does that looks whether the provider is back. */
    void look() {
        Awaited.of(theatre.server().bean(IncidentWatch.class).look());
    }

    Outcome.UnderReview review() throws ApiException {
        return review(Theatre.request(PaymentMethod.CARD));
    }

    Outcome.UnderReview review(CheckoutRequest request) throws ApiException {
        return (Outcome.UnderReview)
                Theatre.checkOut(theatre.shop(), theatre.hold(theatre.best("ga", 1)), UUID.randomUUID(), request);
    }

    AbendkasseClient buyer(Outcome.UnderReview review) {
        return theatre.shop().withOrderToken(review.orderToken());
    }

    /** How much longer the order and all its places are held, in seconds. */
    long held(Outcome.UnderReview review) {
        return theatre.count("""
                select floor(extract(epoch from orders.held_until - clock_timestamp()))::bigint
                  from orders join place on place.holder = order_id and place.held_until = orders.held_until
                 where order_id = '%s' limit 1
                """.formatted(review.orderId()));
    }

    UUID incidentOf(Outcome.UnderReview review) {
        return Awaited.of(theatre.db()
                .sql("select incident_id from case_file where case_number = '" + review.caseNumber() + "'")
                .mapValue(UUID.class)
                .one());
    }

    @Override
    public void close() {
        theatre.close();
        provider.stop();
    }
}
