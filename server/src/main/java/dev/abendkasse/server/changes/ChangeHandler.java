package dev.abendkasse.server.changes;

import dev.abendkasse.server.changes.domain.Progress;
import dev.abendkasse.server.changes.domain.Step;
import dev.abendkasse.server.changes.store.ChangeStore;
import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.outbox.TryLater;
import dev.abendkasse.server.shared.CaseNumber;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Carries a change out, a few orders in each transaction, so that it can be cut off anywhere and gone on with. */
@Component
class ChangeHandler implements OutboxHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeHandler.class);
    private static final int ORDERS_IN_A_STEP = 20;

    /** In one try, so that it ends long before the outbox gives it up. */
    private static final int STEPS = 10;

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration WHEN_THE_OTHER_MAY_BE_DONE = Duration.ofSeconds(5);

    private final ChangeStore changes;
    private final Commits commits;

    ChangeHandler(ChangeStore changes, Commits commits) {
        this.changes = changes;
        this.commits = commits;
    }

    @Override
    public String kind() {
        return "PERFORMANCE_CHANGE";
    }

    /**
     * A long change takes many tries, none of which counts: it has not failed, however long it takes. It has where only orders
     * are left that cannot be changed.
     */
    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var change = UUID.fromString(message.key());
        return Mono.defer(() -> commits.announce(changes.advance(change, CaseNumber.candidates(ORDERS_IN_A_STEP))))
                .repeat(STEPS - 1)
                .doOnNext(step -> report(change, step))
                .takeUntil(step -> step.progress() != Progress.MORE)
                .last()
                .flatMap(step -> end(step.progress()));
    }

    /** What is left of it is for people, and another change can begin. */
    @Override
    public Mono<Void> dismissed(String key) {
        return changes.stop(UUID.fromString(key));
    }

    private static void report(UUID change, Step step) {
        for (var failure : step.failed()) {
            LOG.error("Order {} does not follow change {}: {}", failure.orderId(), change, failure.error());
        }
    }

    private static Mono<Void> end(Progress progress) {
        return switch (progress) {
            case DONE -> Mono.empty();
            case STUCK -> Mono.error(new IllegalStateException("Some orders could not be changed: see the log"));
            case MORE -> Mono.error(TryLater.untried(AT_ONCE));
            case BUSY -> Mono.error(TryLater.untried(WHEN_THE_OTHER_MAY_BE_DONE));
        };
    }
}
