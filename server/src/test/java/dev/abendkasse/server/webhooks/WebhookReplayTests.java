package dev.abendkasse.server.webhooks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.OutboxDismissal;
import dev.abendkasse.office.model.OutboxQueue;
import dev.abendkasse.office.model.WebhookDelivery;
import dev.abendkasse.office.model.WebhookDeliveryState;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.office.model.WebhookReplay;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Staff have sent again what did not get through, or what was lost later. */
class WebhookReplayTests {

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
    void givenUpDeliveryIsShownAsFailedAndCanBeReplayed() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        var failed = givenUp(partner);
        assertThat(theatre.office()
                        .webhooks()
                        .listWebhookDeliveries(partner.webhookId(), WebhookDeliveryState.FAILED, null, null)
                        .getItems())
                .hasSize(1);

        partner.answers(aResponse().withStatus(200));
        replay(partner, failed.getDeliveryId());

        assertThat(partner.newest(WebhookDeliveryState.DELIVERED, 1).getDeliveryId())
                .isEqualTo(failed.getDeliveryId());
    }

    @Test
    void whatStaffHaveDismissedCanBeReplayed() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        var failed = givenUp(partner);
        var outbox = theatre.office().outbox();
        var message = outbox.listOutboxMessages(OutboxQueue.DEAD, null, null, 100).getItems().stream()
                .filter(one -> one.getKey().equals(failed.getDeliveryId().toString()))
                .findFirst()
                .orElseThrow();
        outbox.dismissOutboxMessage(message.getMessageId(), new OutboxDismissal().note("They are closed."));

        partner.answers(aResponse().withStatus(200));
        replay(partner, failed.getDeliveryId());

        partner.newest(WebhookDeliveryState.DELIVERED, 1);
    }

    /** The last try has failed. */
    private static WebhookDelivery givenUp(Partner partner) throws ApiException {
        partner.newest(WebhookDeliveryState.WAITING, 1);
        Theatre.execute(
                theatre.db(),
                "update outbox_message set tries = 19, due_at = clock_timestamp() where state = 'WAITING' and key = '"
                        + partner.deliveries().getFirst().getDeliveryId() + "'");
        return partner.newest(WebhookDeliveryState.FAILED, 20);
    }

    @Test
    void everythingSinceAnInstantIsReplayedOnRequestEachUnderItsId() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        sales.confirmed();
        partner.received(1);
        var first = partner.newest(WebhookDeliveryState.DELIVERED, 1);
        sales.confirmed();
        partner.received(2);
        var second = partner.newest(WebhookDeliveryState.DELIVERED, 1);
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        var third = partner.newest(WebhookDeliveryState.WAITING, 1);
        partner.answers(aResponse().withStatus(200));

        assertThat(replaySince(partner, first.getOccurredAt(), false))
                .as("only what was not taken")
                .isOne();
        assertThat(partner.received(4).getLast().id())
                .isEqualTo(third.getDeliveryId().toString());
        partner.newest(WebhookDeliveryState.DELIVERED, 1);

        assertThat(replaySince(partner, second.getOccurredAt(), true)).isEqualTo(2);
        assertThat(partner.received(6).subList(4, 6))
                .extracting(Partner.Received::id)
                .containsExactlyInAnyOrder(
                        second.getDeliveryId().toString(), third.getDeliveryId().toString());
        assertThat(replaySince(partner, OffsetDateTime.now().plusHours(1), true))
                .isZero();
    }

    @Test
    void whatWaitsForAnEndpointThatStaffTurnOffIsDroppedAndCanBeReplayed() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        partner.newest(WebhookDeliveryState.WAITING, 1);

        partner.activate(false);
        partner.letTimePass();
        PayPage.await(() -> partner.deliveries().getFirst().getState(), state -> state == WebhookDeliveryState.DROPPED);
        assertThat(partner.received()).hasSize(1);

        partner.answers(aResponse().withStatus(200));
        partner.activate(true);
        replay(partner, partner.deliveries().getFirst().getDeliveryId());
        assertThat(partner.received(2))
                .extracting(Partner.Received::id)
                .containsOnly(partner.deliveries().getFirst().getDeliveryId().toString());
    }

    private static void replay(Partner partner, UUID delivery) throws ApiException {
        assertThat(theatre.office()
                        .webhooks()
                        .replayWebhookDelivery(partner.webhookId(), delivery)
                        .getState())
                .isEqualTo(WebhookDeliveryState.WAITING);
    }

    private static int replaySince(Partner partner, OffsetDateTime since, boolean delivered) throws ApiException {
        return theatre.office()
                .webhooks()
                .replayWebhookDeliveries(
                        partner.webhookId(), new WebhookReplay().since(since).delivered(delivered))
                .getReplayed();
    }
}
