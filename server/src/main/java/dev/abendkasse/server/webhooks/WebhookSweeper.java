package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.webhooks.store.DeliveryStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets deliveries that are too old to be sent again. */
@Component
class WebhookSweeper {

    private static final int BATCH = 1000;

    private final DeliveryStore deliveries;
    private final WebhookProperties properties;

    WebhookSweeper(DeliveryStore deliveries, WebhookProperties properties) {
        this.deliveries = deliveries;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "${abendkasse.webhooks.forget-every:1m}")
    Mono<Void> forget() {
        return deliveries.forget(properties.keep(), BATCH);
    }
}
