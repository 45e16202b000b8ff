package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.webhooks.domain.Delivery;
import dev.abendkasse.server.webhooks.domain.DeliveryResult;
import dev.abendkasse.server.webhooks.domain.Replay;
import dev.abendkasse.server.webhooks.store.DeliveryStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What endpoints are told, for staff: looking at it, sending it again, trying the way out. */
@Service
public class WebhookDeliveries {

    private static final int MOST_AT_ONCE = 10_000;

    private final DeliveryStore deliveries;
    private final Audit audit;

    WebhookDeliveries(DeliveryStore deliveries, Audit audit) {
        this.deliveries = deliveries;
        this.audit = audit;
    }

    /** The newest first. */
    public Mono<Page<Delivery>> list(
            UUID endpointId, Delivery.@Nullable State state, @Nullable TimeCursor<UUID> before, int limit) {
        return deliveries
                .list(endpointId, state, before, limit + 1)
                .collectList()
                .map(found -> Page.of(
                        found,
                        limit,
                        delivery -> new TimeCursor<>(delivery.occurredAt(), delivery.deliveryId()).text()));
    }

    /** Sends it again, whether it came through before or not. */
    public Mono<DeliveryResult> replay(UUID endpointId, UUID deliveryId, String by) {
        var note = AuditNote.of(by, "webhook.replay", endpointId, Map.of("deliveryId", deliveryId));
        return unlessRefused(deliveries.replay(endpointId, deliveryId), note);
    }

    /** @param delivered also what has come through before */
    public Mono<DeliveryResult> replaySince(UUID endpointId, Instant since, boolean delivered, String by) {
        var replay = new Replay(endpointId, since, delivered, MOST_AT_ONCE);
        var note = AuditNote.of(by, "webhook.replay-since", endpointId, Map.of("replay", replay));
        return unlessRefused(deliveries.replay(replay), note);
    }

    /** Sends something that says nothing. */
    public Mono<DeliveryResult> test(UUID endpointId, String by) {
        return unlessRefused(deliveries.test(endpointId), AuditNote.of(by, "webhook.test", endpointId));
    }

    private Mono<DeliveryResult> unlessRefused(Mono<DeliveryResult> work, AuditNote note) {
        return audit.notedIf(
                work, result -> result instanceof DeliveryResult.Refused ? Optional.empty() : Optional.of(note));
    }
}
