package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.webhooks.domain.Delivery;
import dev.abendkasse.server.webhooks.domain.DeliveryResult;
import dev.abendkasse.server.webhooks.domain.Replay;
import dev.abendkasse.server.webhooks.store.DeliveryStore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What endpoints are told, for staff: looking at it, sending it again, trying the way out. */
@Service
public class WebhookDeliveries {

    private static final int MOST_AT_ONCE = 10_000;

    private final DeliveryStore deliveries;

    WebhookDeliveries(DeliveryStore deliveries) {
        this.deliveries = deliveries;
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
    public Mono<DeliveryResult> replay(UUID endpointId, UUID deliveryId) {
        return deliveries.replay(endpointId, deliveryId);
    }

    /** @param delivered also what has come through before */
    public Mono<DeliveryResult> replaySince(UUID endpointId, Instant since, boolean delivered) {
        return deliveries.replay(new Replay(endpointId, since, delivered, MOST_AT_ONCE));
    }

    /** Sends something that says nothing. */
    public Mono<DeliveryResult> test(UUID endpointId) {
        return deliveries.test(endpointId);
    }
}
