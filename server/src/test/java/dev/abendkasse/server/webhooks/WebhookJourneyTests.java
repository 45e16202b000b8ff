package dev.abendkasse.server.webhooks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.abendkasse.office.model.WebhookDeliveryState;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.office.model.WebhookHealth;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a partner's server hears of orders, through a whole server and over the wire. */
class WebhookJourneyTests {

    private static Theatre theatre;
    private static Sales sales;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Partner.SETTINGS);
        sales = new Sales(theatre);
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
    void confirmedOrderIsToldInWordsOfTheContractWithASignatureThatTheLibraryAccepts() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        var order = sales.confirmed("A Buyer With A Name", "somebody@example.org");

        var received = partner.received(1).getFirst().asTheContractSays();

        assertThat(received.isSignedWith(partner.secret())).isTrue();
        assertThat(received.isSignedWith("whsec_" + "A".repeat(43) + "=")).isFalse();
        var data = received.json().path("data");
        assertThat(received.type()).isEqualTo("order.confirmed");
        assertThat(received.orderId()).isEqualTo(order.getOrderId().toString());
        assertThat(data.path("orderNumber").asString()).isEqualTo(order.getOrderNumber());
        assertThat(data.path("state").asString()).isEqualTo("CONFIRMED");
        assertThat(data.path("version").asLong()).isLessThanOrEqualTo(order.getVersion());
        assertThat(data.path("items")).hasSize(1);
        assertThat(received.body()).as("nothing about persons").doesNotContain("A Buyer With", "somebody@", "buyer");
        assertThat(partner.newest(WebhookDeliveryState.DELIVERED, 1)).satisfies(delivery -> {
            assertThat(delivery.getDeliveryId()).hasToString(received.id());
            assertThat(delivery.getStatus()).isEqualTo(204);
            assertThat(delivery.getError()).isNull();
            assertThat(delivery.getOrderId()).isEqualTo(order.getOrderId());
        });
        assertThat(partner.endpoint().getHealth()).isEqualTo(WebhookHealth.HEALTHY);
    }

    @Test
    void endpointHearsOnlyWhatItAskedFor() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CANCELLED);

        var reserved = sales.reserved();
        sales.confirmed();
        sales.cancel(reserved);

        assertThat(partner.received(1)).singleElement().satisfies(received -> {
            assertThat(received.type()).isEqualTo("order.cancelled");
            assertThat(received.orderId())
                    .isEqualTo(reserved.order().getOrderId().toString());
        });
        assertThat(partner.deliveries()).hasSize(1);
    }

    @Test
    void failedDeliveryIsTriedAgainUnderTheSameIdWithTheSameBody() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        partner.received(1);
        var failed = partner.newest(WebhookDeliveryState.WAITING, 1);
        partner.answers(aResponse().withStatus(200));

        partner.letTimePass();

        var received = partner.received(2);
        assertThat(received)
                .extracting(Partner.Received::id)
                .containsOnly(failed.getDeliveryId().toString());
        assertThat(received.get(1).body()).isEqualTo(received.get(0).body());
        assertThat(received).allMatch(one -> one.isSignedWith(partner.secret()));
        assertThat(failed.getStatus()).isEqualTo(500);
        assertThat(failed.getError()).isEqualTo("It answered 500");
        assertThat(failed.getNextTryAt()).isAfter(failed.getLastTriedAt());
        assertThat(partner.newest(WebhookDeliveryState.DELIVERED, 2).getError()).isNull();
    }

    @Test
    void deliveryWhoseAnswerWasLostComesAgainUnderTheSameId() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
        sales.confirmed();
        partner.received(1);
        partner.newest(WebhookDeliveryState.WAITING, 1);
        partner.answers(aResponse().withStatus(200));

        partner.letTimePass();

        assertThat(partner.received(2))
                .extracting(Partner.Received::id)
                .hasSize(2)
                .containsOnly(partner.deliveries().getFirst().getDeliveryId().toString());
    }

    @Test
    void whoAsksForTimeIsLeftAlone() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(503).withHeader("Retry-After", "1800"));
        sales.confirmed();

        var delivery = partner.newest(WebhookDeliveryState.WAITING, 1);

        assertThat(Duration.between(delivery.getLastTriedAt(), delivery.getNextTryAt()))
                .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
    }

    @Test
    void redirectIsAFailure() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        var other = Partner.wanting(theatre, WebhookEventType.ORDER_EXPIRED);
        partner.answers(aResponse().withStatus(308).withHeader("Location", other.path()));
        sales.confirmed();

        assertThat(partner.newest(WebhookDeliveryState.WAITING, 1).getStatus()).isEqualTo(308);
        assertThat(other.received()).isEmpty();
    }

    @Test
    void endpointThatIsGoneGetsNothingUntilStaffMakeItActiveAgain() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(410));
        sales.confirmed();
        assertThat(partner.newest(WebhookDeliveryState.DROPPED, 1).getStatus()).isEqualTo(410);
        assertThat(partner.endpoint()).satisfies(endpoint -> {
            assertThat(endpoint.getActive()).isFalse();
            assertThat(endpoint.getHealth()).isEqualTo(WebhookHealth.GONE);
        });

        partner.answers(aResponse().withStatus(200));
        sales.confirmed();
        assertThat(partner.deliveries()).as("nothing is written down for it").hasSize(1);
        Problems.expect(
                409, "webhook-inactive", () -> theatre.office().webhooks().sendTestWebhook(partner.webhookId()));

        partner.activate(true);
        sales.confirmed();
        partner.received(2);
        assertThat(partner.newest(WebhookDeliveryState.DELIVERED, 1)).isNotNull();
        assertThat(partner.endpoint().getHealth()).isEqualTo(WebhookHealth.HEALTHY);
    }

    @Test
    void endpointIsShownAsFailingAfterManyTriesAndStillTried() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        for (var tries = 1; tries <= 5; tries++) {
            var failures = tries;
            var endpoint = PayPage.await(partner::endpoint, now -> now.getFailures() == failures);
            assertThat(endpoint.getHealth()).isEqualTo(tries < 5 ? WebhookHealth.UNTRIED : WebhookHealth.FAILING);
            partner.letTimePass();
        }
        assertThat(partner.endpoint().getFailingSince()).isNotNull();
        partner.answers(aResponse().withStatus(200));

        partner.letTimePass();

        PayPage.await(() -> partner.endpoint().getHealth(), health -> health == WebhookHealth.HEALTHY);
        assertThat(partner.endpoint().getFailures()).isZero();
    }

    @Test
    void testGoesTheWayOfEverythingElse() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_EXPIRED);

        var sent = theatre.office().webhooks().sendTestWebhook(partner.webhookId());

        assertThat(sent.getState()).isEqualTo(WebhookDeliveryState.WAITING);
        var received = partner.received(1).getFirst().asTheContractSays();
        assertThat(received.id()).isEqualTo(sent.getDeliveryId().toString());
        assertThat(received.type()).isEqualTo("webhook.test");
        assertThat(received.isSignedWith(partner.secret())).isTrue();
    }

    @Test
    void bothSecretsSignWhileTheyAreBeingChanged() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);

        var rotated = theatre.office().webhooks().rotateWebhookSecret(partner.webhookId());
        sales.confirmed();

        var both = partner.received(1).getFirst();
        assertThat(both.isSignedWith(partner.secret())).isTrue();
        assertThat(both.isSignedWith(rotated.getSecret())).isTrue();
        assertThat(partner.endpoint().getOldSecretUntil()).isEqualTo(rotated.getOldSecretUntil());
        assertThat(rotated.getOldSecretUntil())
                .isBetween(
                        OffsetDateTime.now().plusHours(23), OffsetDateTime.now().plusHours(25));

        Theatre.execute(
                theatre.db(),
                "update webhook_endpoint set old_secret_until = clock_timestamp() where endpoint_id = '"
                        + partner.webhookId() + "'");
        sales.confirmed();

        var one = partner.received(2).getLast();
        assertThat(one.isSignedWith(partner.secret())).isFalse();
        assertThat(one.isSignedWith(rotated.getSecret())).isTrue();
        assertThat(partner.endpoint().getOldSecretUntil()).isNull();
    }

    @Test
    void endpointThatIsRemovedGetsNothingAndNoCheckoutMindsIt() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        partner.newest(WebhookDeliveryState.WAITING, 1);

        theatre.office().webhooks().deleteWebhookEndpoint(partner.webhookId());
        Theatre.execute(theatre.db(), "update outbox_message set due_at = clock_timestamp() where state = 'WAITING'");
        sales.confirmed();

        PayPage.await(
                () -> theatre.count("select count(*) from outbox_message where kind = 'WEBHOOK' and state = 'WAITING'"
                        + " and not exists (select from webhook_delivery where delivery_id::text = key)"),
                waiting -> waiting == 0);
        assertThat(partner.received()).hasSize(1);
        Problems.expect(404, "webhook-not-found", partner::endpoint);
    }
}
