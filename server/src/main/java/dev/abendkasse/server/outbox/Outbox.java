package dev.abendkasse.server.outbox;

import dev.abendkasse.server.outbox.store.OutboxStore;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Takes messages from those who do not post them in a command function. */
@Service
public class Outbox {

    private final OutboxStore store;

    Outbox(OutboxStore store) {
        this.store = store;
    }

    /** Posts a message, in the caller's transaction, unless one with its key was posted before. */
    public Mono<Void> post(String kind, String key, Object payload) {
        return store.post(kind, key, payload);
    }

    /** Ends a message whose work was done by other means. */
    public Mono<Void> drop(String kind, String key) {
        return store.drop(kind, key);
    }
}
