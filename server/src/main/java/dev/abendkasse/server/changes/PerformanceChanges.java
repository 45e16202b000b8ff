package dev.abendkasse.server.changes;

import dev.abendkasse.server.changes.domain.ChangeOrder;
import dev.abendkasse.server.changes.domain.ChangeResult;
import dev.abendkasse.server.changes.domain.PerformanceChange;
import dev.abendkasse.server.changes.store.ChangeStore;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Cancels and postpones performances. What follows goes on by itself, see {@link ChangeHandler}. */
@Service
public class PerformanceChanges {

    private final ChangeStore changes;

    PerformanceChanges(ChangeStore changes) {
        this.changes = changes;
    }

    public Mono<ChangeResult> begin(ChangeOrder order) {
        return changes.begin(order);
    }

    /** Counts whom a change would hit; changes nothing. */
    public Mono<ChangeResult> impact(UUID performance) {
        return changes.impact(performance);
    }

    /** Empty when there is none. */
    public Mono<PerformanceChange> find(UUID change) {
        return changes.find(change);
    }
}
