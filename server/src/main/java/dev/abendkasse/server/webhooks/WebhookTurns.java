package dev.abendkasse.server.webhooks;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Sees to it that no endpoint takes all the room of a replica: one that is slow leaves some to the others. */
@Component
class WebhookTurns {

    private final int each;
    private final ConcurrentHashMap<UUID, Integer> taken = new ConcurrentHashMap<>();

    WebhookTurns(WebhookProperties properties) {
        this.each = properties.atOnceEach();
    }

    /** False when the endpoint has as many as it may. */
    boolean take(UUID endpoint) {
        if (taken.merge(endpoint, 1, Integer::sum) <= each) {
            return true;
        }
        giveBack(endpoint);
        return false;
    }

    void giveBack(UUID endpoint) {
        taken.computeIfPresent(endpoint, (_, turns) -> turns == 1 ? null : turns - 1);
    }
}
