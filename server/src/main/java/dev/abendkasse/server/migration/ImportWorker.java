package dev.abendkasse.server.migration;

import dev.abendkasse.server.migration.store.ImportStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Goes on with imports batch by batch, on whichever replica looks first; what one leaves undone another takes up. */
@Component
class ImportWorker {

    private static final int ROWS = 5000;

    private final ImportStore imports;

    ImportWorker(ImportStore imports) {
        this.imports = imports;
    }

    @Scheduled(fixedDelayString = "${abendkasse.migration.look-every:2s}")
    Mono<Void> goOn() {
        return imports.goOn(ROWS).repeat().takeWhile(worked -> worked).then();
    }
}
