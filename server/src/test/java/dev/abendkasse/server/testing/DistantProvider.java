package dev.abendkasse.server.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.abendkasse.server.sandbox.SandboxAddress;
import dev.abendkasse.server.sandbox.SandboxWebhooks;
import dev.abendkasse.server.secret.Secrets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** A payment provider with a server and books of its own, behind a network that can fail where refunds are asked for. */
public final class DistantProvider implements AutoCloseable {

    private static final String REFUNDS = "/payments/[^/]+/refunds";

    private final TestDatabase books = TestDatabase.fresh();
    private final TestServer server = TestServer.on(books, Map.of("abendkasse.sandbox.notify-every", "100ms"));
    private final WireMockServer network = new WireMockServer(wireMockConfig().dynamicPort());

    public DistantProvider() {
        network.start();
        network.stubFor(any(anyUrl()).atPriority(10).willReturn(passedOn()));
    }

    /** What a shop needs to have its payments taken here. Failures are tried again soon. */
    public Map<String, Object> settings(Map<String, Object> more) {
        var secret = SandboxWebhooks.secret(server.bean(Secrets.class));
        var settings = new HashMap<String, Object>();
        settings.put("abendkasse.payment.base-url", network.baseUrl());
        settings.put(
                "abendkasse.payment.webhook-secrets",
                "whsec_" + Base64.getEncoder().encodeToString(secret));
        settings.put("abendkasse.outbox.retry", "1s");
        settings.putAll(more);
        return settings;
    }

    /** Everything gets through again, at once. */
    public void recover() {
        network.resetAll();
        network.stubFor(any(anyUrl()).atPriority(10).willReturn(passedOn()));
    }

    /** Whoever asks for a refund gets this instead of an answer. */
    public void answerRefunds(ResponseDefinitionBuilder answer) {
        network.stubFor(post(urlPathMatching(REFUNDS)).atPriority(1).willReturn(answer));
    }

    /** Refunds are made, but their answers take this long. */
    public void delayAnswersToRefunds(Duration delay) {
        answerRefunds(passedOn().withFixedDelay((int) delay.toMillis()));
    }

    /** Whoever asks for anything is told to come again. */
    public void fallSilent() {
        network.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(503)));
    }

    /** How often a refund was asked for since the start or the last recovery. */
    public int refundsAskedFor() {
        return network.findAll(postRequestedFor(urlPathMatching(REFUNDS))).size();
    }

    /** How many refunds of this payment stand in the provider's books. */
    public long refundsMade(UUID payment) {
        return number("select count(*) from sandbox_refund where payment_id = :payment", payment);
    }

    /** How much of this payment has gone back by the provider's books. */
    public long refunded(UUID payment) {
        return number("select refunded from sandbox_payment where payment_id = :payment", payment);
    }

    public DatabaseClient books() {
        return books.client();
    }

    @Override
    public void close() {
        network.stop();
        server.close();
    }

    private long number(String sql, UUID payment) {
        return Awaited.of(
                books().sql(sql).bind("payment", payment).mapValue(Long.class).one());
    }

    private ResponseDefinitionBuilder passedOn() {
        return aResponse().proxiedFrom(server.bean(SandboxAddress.class).value().toString());
    }
}
