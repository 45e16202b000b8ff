package dev.abendkasse.server.boxoffice;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a clerk does something with an order.
 *
 * @param lease the fence of the clerk's lease, where one is needed
 */
public record Task(UUID order, @Nullable Long lease, Actor actor, Idempotency repeat) {

    long fence() {
        if (lease == null) {
            throw new IllegalStateException("A lease is needed");
        }
        return lease;
    }
}
