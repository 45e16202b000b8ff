package dev.abendkasse.server.webhooks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.abendkasse.office.model.WebhookDelivery;
import dev.abendkasse.office.model.WebhookDeliveryState;
import dev.abendkasse.office.model.WebhookEndpoint;
import dev.abendkasse.office.model.WebhookEndpointChange;
import dev.abendkasse.office.model.WebhookEndpointDraft;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A partner's server, with an endpoint of its own at a theatre.
 *
 * @param secret what the theatre signs with
 */
record Partner(Theatre theatre, String path, UUID webhookId, String secret) {

    private static final WireMockServer SERVERS = start();

    /** So that endpoints on this machine are allowed, and messages are looked for often. */
    static final Map<String, Object> SETTINGS = Map.of(
            "abendkasse.webhooks.allow-http", "true",
            "abendkasse.webhooks.allow-private", "true",
            "abendkasse.outbox.look-every", "200ms");

    /** Takes everything. */
    static Partner wanting(Theatre theatre, WebhookEventType... events) throws ApiException {
        return belongingTo(null, theatre, events);
    }

    static Partner belongingTo(String clientId, Theatre theatre, WebhookEventType... events) throws ApiException {
        var path = "/hooks/" + UUID.randomUUID();
        answer(path, aResponse().withStatus(204));
        var created = theatre.office()
                .webhooks()
                .createWebhookEndpoint(new WebhookEndpointDraft()
                        .url(SERVERS.baseUrl() + path)
                        .description("A partner")
                        .events(new LinkedHashSet<>(List.of(events)))
                        .clientId(clientId));
        return new Partner(theatre, path, created.getEndpoint().getWebhookId(), created.getSecret());
    }

    /** From now on. */
    void answers(ResponseDefinitionBuilder answer) {
        answer(path, answer);
    }

    /** In the order in which they came. */
    List<Received> received() {
        return SERVERS.findAll(postRequestedFor(urlEqualTo(path))).stream()
                .map(Received::new)
                .toList();
    }

    /** Waits for so many. */
    List<Received> received(int count) throws ApiException {
        return PayPage.await(this::received, all -> all.size() >= count);
    }

    WebhookEndpoint endpoint() throws ApiException {
        return theatre.office().webhooks().getWebhookEndpoint(webhookId);
    }

    /** The newest first. */
    List<WebhookDelivery> deliveries() throws ApiException {
        return theatre.office()
                .webhooks()
                .listWebhookDeliveries(webhookId, null, null, 100)
                .getItems();
    }

    /** Waits until the newest is in this state after so many tries. */
    WebhookDelivery newest(WebhookDeliveryState state, int tries) throws ApiException {
        return PayPage.await(
                () -> deliveries().getFirst(),
                delivery -> delivery.getState() == state
                        && delivery.getTries() == tries
                        && delivery.getLastTriedAt() != null);
    }

    /** As staff do. */
    void activate(boolean active) throws ApiException {
        var endpoint = endpoint();
        theatre.office()
                .webhooks()
                .updateWebhookEndpoint(
                        webhookId,
                        "\"" + endpoint.getVersion() + "\"",
                        new WebhookEndpointChange()
                                .url(endpoint.getUrl())
                                .description(endpoint.getDescription())
                                .events(endpoint.getEvents())
                                .active(active));
    }

    /** Makes all that waits for it due. */
    void letTimePass() {
        Theatre.execute(
                theatre.db(),
                "update outbox_message set due_at = clock_timestamp() where kind = 'WEBHOOK' and state = 'WAITING'"
                        + " and key in (select delivery_id::text from webhook_delivery where endpoint_id = '"
                        + webhookId
                        + "')");
    }

    /** What a partner gets. */
    record Received(LoggedRequest request) {

        String id() {
            return request.getHeader("webhook-id");
        }

        String body() {
            return request.getBodyAsString();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(request.getBody());
        }

        String type() {
            return json().path("type").asString();
        }

        String orderId() {
            return json().at("/data/orderId").asString();
        }

        /** By the library's word. */
        boolean isSignedWith(String secret) {
            var headers = new HashMap<String, List<String>>();
            request.getHeaders().all().forEach(header -> headers.put(header.key(), List.copyOf(header.values())));
            try {
                new Webhook(secret).verify(body(), headers);
                return true;
            } catch (WebhookVerificationException e) {
                return false;
            } catch (EmptyWebhookSecretException e) {
                throw new IllegalArgumentException(e);
            }
        }

        /** Fails unless it is as the contract says. */
        Received asTheContractSays() {
            WebhookContract.verify(type(), body());
            return this;
        }
    }

    private static void answer(String path, ResponseDefinitionBuilder answer) {
        SERVERS.stubFor(post(path).willReturn(answer));
    }

    private static WireMockServer start() {
        var server = new WireMockServer(wireMockConfig().dynamicPort().asynchronousResponseEnabled(true));
        server.start();
        return server;
    }
}
