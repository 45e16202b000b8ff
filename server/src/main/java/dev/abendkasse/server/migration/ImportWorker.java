package dev.abendkasse.server.migration;

import dev.abendkasse.server.migration.store.ImportStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Goes on with imports batch by batch, beside other replicas; what one leaves undone another takes up. */
@Component
class ImportWorker {

    private static final int ROWS = 5000;

    /** A batch keeps one connection and one core of the database busy. */
    private static final int AT_ONCE = 2;

    private final ImportStore imports;
    private final MigrationProperties properties;

    ImportWorker(ImportStore imports, MigrationProperties properties) {
        this.imports = imports;
        this.properties = properties;
    }

    /** Never ends by itself. */
    @Scheduled(fixedDelayString = "${abendkasse.migration.again-after:1s}")
    Mono<Void> goOn() {
        return Flux.range(0, AT_ONCE).flatMap(_ -> batches(), AT_ONCE).then();
    }

    @Scheduled(fixedDelayString = "${abendkasse.migration.forget-every:1h}")
    Mono<Void> forget() {
        return Mono.defer(() -> imports.forget(properties.keepRows(), ROWS))
                .repeat()
                .takeUntil(forgotten -> forgotten < ROWS)
                .then();
    }

    private Mono<Void> batches() {
        return imports.goOn(ROWS)
                .filter(worked -> !worked)
                .delayElement(properties.lookEvery())
                .repeat()
                .then();
    }
}
