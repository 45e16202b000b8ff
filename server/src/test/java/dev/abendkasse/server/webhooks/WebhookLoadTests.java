package dev.abendkasse.server.webhooks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.WebhookDeliveryState;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many at once: endpoints do not wait for each other, and replicas do not say things twice. */
class WebhookLoadTests {

    private static final int SOME = 12;

    @Test
    void slowEndpointHoldsUpNoOther() throws ApiException {
        var narrow = new HashMap<>(Partner.SETTINGS);
        narrow.putAll(Map.of("abendkasse.webhooks.at-once", "4", "abendkasse.webhooks.at-once-each", "2"));
        try (var theatre = Theatre.open(narrow)) {
            var slow = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
            var fast = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
            slow.answers(aResponse().withStatus(200).withFixedDelay(6_000));

            sell(theatre);

            PayPage.await(() -> delivered(fast), count -> count == SOME);
            assertThat(delivered(slow)).as("the slow one is far behind").isLessThanOrEqualTo(SOME / 2);
        }
    }

    @Test
    void p11TwoReplicasTellEverythingOnce() throws ApiException {
        try (var theatre = Theatre.open(Partner.SETTINGS);
                var replica = theatre.replica(Partner.SETTINGS)) {
            var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);

            sell(theatre);
            sell(replica);

            PayPage.await(() -> delivered(partner), count -> count == 2 * SOME);
            assertThat(partner.received())
                    .hasSize(2 * SOME)
                    .extracting(Partner.Received::id)
                    .doesNotHaveDuplicates();
        }
    }

    private static void sell(Theatre theatre) throws ApiException {
        for (var i = 0; i < SOME; i++) {
            new Sales(theatre).confirmed();
        }
    }

    private static long delivered(Partner partner) throws ApiException {
        return partner.deliveries().stream()
                .filter(delivery -> delivery.getState() == WebhookDeliveryState.DELIVERED)
                .count();
    }
}
