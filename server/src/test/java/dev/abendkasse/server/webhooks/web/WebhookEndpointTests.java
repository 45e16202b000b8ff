package dev.abendkasse.server.webhooks.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.WebhooksApi;
import dev.abendkasse.office.model.WebhookEndpoint;
import dev.abendkasse.office.model.WebhookEndpointChange;
import dev.abendkasse.office.model.WebhookEndpointDraft;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.office.model.WebhookHealth;
import dev.abendkasse.office.model.WebhookReplay;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.security.ApiClients;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What staff can do with endpoints, on a server that allows only the public Internet. */
class WebhookEndpointTests {

    private static final String URL = "https://partner.example.org/abendkasse";

    private static Theatre theatre;
    private static WebhooksApi webhooks;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        webhooks = theatre.office().webhooks();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @AfterEach
    void removeEndpoints() {
        Theatre.execute(theatre.db(), "delete from webhook_endpoint");
    }

    @Test
    void newEndpointIsShownWithItsSecretThisOnce() throws ApiException {
        Awaited.of(theatre.server().bean(ApiClients.class).create("partner-1", Set.of("partner")));

        var created = webhooks.createWebhookEndpoint(draft().clientId("partner-1"));

        assertThat(created.getSecret()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(created.getEndpoint()).satisfies(endpoint -> {
            assertThat(endpoint.getUrl()).isEqualTo(URL);
            assertThat(endpoint.getDescription()).isEqualTo("A partner");
            assertThat(endpoint.getEvents()).containsExactly(WebhookEventType.ORDER_CONFIRMED);
            assertThat(endpoint.getClientId()).isEqualTo("partner-1");
            assertThat(endpoint.getActive()).isTrue();
            assertThat(endpoint.getHealth()).isEqualTo(WebhookHealth.UNTRIED);
            assertThat(endpoint.getVersion()).isOne();
        });
        assertThat(webhooks.getWebhookEndpoint(created.getEndpoint().getWebhookId()))
                .isEqualTo(created.getEndpoint());
        assertThat(webhooks.createWebhookEndpoint(draft()).getSecret()).isNotEqualTo(created.getSecret());
    }

    @Test
    void partnerMustBeKnownAsOne() {
        Awaited.of(theatre.server().bean(ApiClients.class).create("till-1", Set.of("box-office")));

        for (var client : List.of("nobody", "till-1")) {
            assertThat(Problems.expect(
                                    400,
                                    "invalid-request",
                                    () -> webhooks.createWebhookEndpoint(draft().clientId(client)))
                            .getErrors())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo("#/clientId"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://partner.example.org/       | must begin with https://",
                "https://user@partner.example.org/ | must be an address with a host and without user or fragment",
                "https://partner.example.org/#part | must be an address with a host and without user or fragment",
                "https://2130706433/               | does not name a host on the public Internet",
                "https://localhost/                | does not name a host on the public Internet",
                "https://127.0.0.1/                | does not name a host on the public Internet",
                "https://169.254.169.254/latest    | does not name a host on the public Internet",
                "https://[::ffff:10.0.0.1]/        | does not name a host on the public Internet"
            })
    void addressThatMayNotBeSentToIsRefusedWithAPointer(String url, String why) throws ApiException {
        var endpoint = webhooks.createWebhookEndpoint(draft()).getEndpoint();

        for (var problem : List.of(
                Problems.expect(422, "webhook-url-not-allowed", () -> webhooks.createWebhookEndpoint(draft().url(url))),
                Problems.expect(
                        422,
                        "webhook-url-not-allowed",
                        () -> update(endpoint, change(endpoint).url(url))))) {
            assertThat(problem.getErrors()).singleElement().satisfies(fault -> {
                assertThat(fault.getPointer()).isEqualTo("#/url");
                assertThat(fault.getDetail()).isEqualTo(why);
            });
        }
        assertThat(webhooks.listWebhookEndpoints(null, null).getItems()).containsExactly(endpoint);
    }

    @Test
    void ofTwoWhoChangeAnEndpointTheSecondIsTold() throws ApiException {
        var endpoint = webhooks.createWebhookEndpoint(draft()).getEndpoint();

        var changed = update(
                endpoint,
                change(endpoint)
                        .description("Another name")
                        .active(false)
                        .events(new LinkedHashSet<>(List.of(WebhookEventType.ORDER_EXPIRED))));

        assertThat(changed.getVersion()).isEqualTo(2);
        assertThat(changed.getDescription()).isEqualTo("Another name");
        assertThat(changed.getActive()).isFalse();
        assertThat(changed.getEvents()).containsExactly(WebhookEventType.ORDER_EXPIRED);
        assertThat(webhooks.getWebhookEndpoint(endpoint.getWebhookId())).isEqualTo(changed);
        Problems.expect(412, "version-conflict", () -> update(endpoint, change(endpoint)));
    }

    @Test
    void newAddressStartsWithACleanSlate() throws ApiException {
        var endpoint = webhooks.createWebhookEndpoint(draft()).getEndpoint();
        Theatre.execute(theatre.db(), "update webhook_endpoint set failures = 7, failing_since = clock_timestamp()");
        assertThat(webhooks.getWebhookEndpoint(endpoint.getWebhookId()).getHealth())
                .isEqualTo(WebhookHealth.FAILING);

        var same = update(endpoint, change(endpoint));
        assertThat(same.getHealth()).isEqualTo(WebhookHealth.FAILING);

        var moved = update(same, change(same).url("https://partner.example.org/new"));
        assertThat(moved.getHealth()).isEqualTo(WebhookHealth.UNTRIED);
        assertThat(moved.getFailures()).isZero();
    }

    @Test
    void endpointsAreListedPageByPageTheOldestFirst() throws ApiException {
        var made = new ArrayList<WebhookEndpoint>();
        for (var i = 0; i < 5; i++) {
            made.add(webhooks.createWebhookEndpoint(draft()).getEndpoint());
        }

        var seen = new ArrayList<WebhookEndpoint>();
        var page = webhooks.listWebhookEndpoints(null, 2);
        seen.addAll(page.getItems());
        while (page.getNextCursor() != null) {
            page = webhooks.listWebhookEndpoints(page.getNextCursor(), 2);
            seen.addAll(page.getItems());
        }

        assertThat(seen).containsExactlyElementsOf(made);
    }

    @Test
    void deliveriesAreListedPageByPageTheNewestFirst() throws ApiException {
        var endpoint = webhooks.createWebhookEndpoint(draft()).getEndpoint();
        var sent = new ArrayList<UUID>();
        for (var i = 0; i < 5; i++) {
            sent.addFirst(webhooks.sendTestWebhook(endpoint.getWebhookId()).getDeliveryId());
        }

        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = webhooks.listWebhookDeliveries(endpoint.getWebhookId(), null, cursor, 2);
            page.getItems().forEach(delivery -> seen.add(delivery.getDeliveryId()));
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(sent);
    }

    @Test
    void unknownEndpointIsAProblemEverywhere() {
        var unknown = UUID.randomUUID();
        var endpoint = new WebhookEndpoint().webhookId(unknown).version(1L);
        var change = new WebhookEndpointChange()
                .url(URL)
                .description("A partner")
                .active(true)
                .events(draft().getEvents());

        Problems.expect(404, "webhook-not-found", () -> webhooks.getWebhookEndpoint(unknown));
        Problems.expect(404, "webhook-not-found", () -> update(endpoint, change));
        Problems.expect(404, "webhook-not-found", () -> webhooks.deleteWebhookEndpoint(unknown));
        Problems.expect(404, "webhook-not-found", () -> webhooks.rotateWebhookSecret(unknown));
        Problems.expect(404, "webhook-not-found", () -> webhooks.sendTestWebhook(unknown));
        Problems.expect(404, "webhook-not-found", () -> webhooks.listWebhookDeliveries(unknown, null, null, null));
        Problems.expect(404, "webhook-not-found", () -> webhooks.replayWebhookDelivery(unknown, unknown));
        Problems.expect(
                404,
                "webhook-not-found",
                () -> webhooks.replayWebhookDeliveries(unknown, new WebhookReplay().since(OffsetDateTime.now())));
    }

    @Test
    void deliveryOfAnotherEndpointIsNotFound() throws ApiException {
        var one = webhooks.createWebhookEndpoint(draft()).getEndpoint().getWebhookId();
        var other = webhooks.createWebhookEndpoint(draft()).getEndpoint().getWebhookId();
        var delivery = webhooks.sendTestWebhook(one).getDeliveryId();

        Problems.expect(404, "webhook-delivery-not-found", () -> webhooks.replayWebhookDelivery(other, delivery));
    }

    @Test
    void inactiveEndpointIsSentNothing() throws ApiException {
        var endpoint = webhooks.createWebhookEndpoint(draft()).getEndpoint();
        update(endpoint, change(endpoint).active(false));
        var id = endpoint.getWebhookId();

        Problems.expect(409, "webhook-inactive", () -> webhooks.sendTestWebhook(id));
        Problems.expect(409, "webhook-inactive", () -> webhooks.replayWebhookDelivery(id, UUID.randomUUID()));
        Problems.expect(
                409,
                "webhook-inactive",
                () -> webhooks.replayWebhookDeliveries(id, new WebhookReplay().since(OffsetDateTime.now())));
    }

    @Test
    void deliveriesThatAreTooOldAreForgotten() throws ApiException {
        var endpoint = webhooks.createWebhookEndpoint(draft()).getEndpoint().getWebhookId();
        var old = webhooks.sendTestWebhook(endpoint).getDeliveryId();
        var young = webhooks.sendTestWebhook(endpoint).getDeliveryId();
        Theatre.execute(
                theatre.db(),
                "update webhook_delivery set occurred_at = clock_timestamp() - interval '31 days' where delivery_id = '"
                        + old + "'");

        Theatre.execute(theatre.db(), "select forget_webhooks(clock_timestamp() - interval '30 days', 1000)");

        assertThat(webhooks.listWebhookDeliveries(endpoint, null, null, null).getItems())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.getDeliveryId()).isEqualTo(young));
    }

    private static WebhookEndpointDraft draft() {
        return new WebhookEndpointDraft()
                .url(URL)
                .description("A partner")
                .events(new LinkedHashSet<>(List.of(WebhookEventType.ORDER_CONFIRMED)));
    }

    private static WebhookEndpointChange change(WebhookEndpoint endpoint) {
        return new WebhookEndpointChange()
                .url(endpoint.getUrl())
                .description(endpoint.getDescription())
                .events(endpoint.getEvents())
                .active(endpoint.getActive());
    }

    private static WebhookEndpoint update(WebhookEndpoint endpoint, WebhookEndpointChange change) throws ApiException {
        return webhooks.updateWebhookEndpoint(endpoint.getWebhookId(), "\"" + endpoint.getVersion() + "\"", change);
    }
}
