package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.AuditCheckRequest;
import dev.abendkasse.office.model.OutboxDismissal;
import dev.abendkasse.office.model.WebhookEndpoint;
import dev.abendkasse.office.model.WebhookEndpointChange;
import dev.abendkasse.office.model.WebhookEndpointDraft;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.office.model.WebhookReplay;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What administrators do with what leaves the system, with keys and with the audit itself. */
record SystemDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    private static final String URL = "https://partner.example.org/abendkasse";

    Map<String, Deed> all() {
        var all = new HashMap<>(webhooks());
        all.put("retryOutboxMessage", Deed.repeatable(() -> {
            var message = deadMessage();
            return () -> office.outbox().retryOutboxMessage(message);
        }));
        all.put("dismissOutboxMessage", Deed.repeatable(() -> {
            var message = deadMessage();
            return () -> office.outbox().dismissOutboxMessage(message, new OutboxDismissal().note("Told by phone."));
        }));
        all.put("rotateTicketKey", Deed.once(() -> () -> office.ticketKeys().rotateTicketKey()));
        all.put(
                "listAuditEntries",
                Deed.once(() -> () -> office.audit().listAuditEntries(null, null, null, null, null, null, null)));
        all.put("checkAudit", Deed.once(() -> () -> office.audit().checkAudit(new AuditCheckRequest())));
        return all;
    }

    private Map<String, Deed> webhooks() {
        return Map.of(
                "createWebhookEndpoint",
                Deed.once(() -> () -> endpoint()),
                "updateWebhookEndpoint",
                Deed.once(() -> {
                    var id = endpoint().getWebhookId();
                    return () -> office.webhooks().updateWebhookEndpoint(id, "\"1\"", change());
                }),
                "deleteWebhookEndpoint",
                Deed.once(() -> {
                    var id = endpoint().getWebhookId();
                    return () -> office.webhooks().deleteWebhookEndpoint(id);
                }),
                "rotateWebhookSecret",
                Deed.once(() -> {
                    var id = endpoint().getWebhookId();
                    return () -> office.webhooks().rotateWebhookSecret(id);
                }),
                "sendTestWebhook",
                Deed.once(() -> {
                    var id = endpoint().getWebhookId();
                    return () -> office.webhooks().sendTestWebhook(id);
                }),
                "replayWebhookDelivery",
                Deed.once(() -> {
                    var id = endpoint().getWebhookId();
                    var delivery = office.webhooks().sendTestWebhook(id).getDeliveryId();
                    return () -> office.webhooks().replayWebhookDelivery(id, delivery);
                }),
                "replayWebhookDeliveries",
                Deed.once(() -> {
                    var id = endpoint().getWebhookId();
                    return () -> office.webhooks()
                            .replayWebhookDeliveries(
                                    id,
                                    new WebhookReplay()
                                            .since(OffsetDateTime.now().minusDays(1)));
                }));
    }

    private WebhookEndpoint endpoint() throws ApiException {
        return office.webhooks()
                .createWebhookEndpoint(new WebhookEndpointDraft()
                        .url(URL)
                        .description("A partner")
                        .events(new LinkedHashSet<>(List.of(WebhookEventType.ORDER_CONFIRMED))))
                .getEndpoint();
    }

    private static WebhookEndpointChange change() {
        return new WebhookEndpointChange()
                .url(URL)
                .description("Still a partner")
                .events(new LinkedHashSet<>(List.of(WebhookEventType.ORDER_CONFIRMED)))
                .active(true);
    }

    /** Nobody sends this kind, so that nothing happens to it behind the test's back. */
    private UUID deadMessage() {
        return Awaited.of(theatre.db().sql("""
                        insert into outbox_message (kind, key, payload, state, tries, last_error, ended_at)
                        values ('PIGEON', gen_random_uuid()::text, '{}', 'DEAD', 20, 'It rains', clock_timestamp())
                        returning message_id
                        """).mapValue(UUID.class).one());
    }
}
