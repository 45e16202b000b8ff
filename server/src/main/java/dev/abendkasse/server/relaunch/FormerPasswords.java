package dev.abendkasse.server.relaunch;

import dev.abendkasse.server.relaunch.domain.MigrationEnd;
import dev.abendkasse.server.relaunch.store.MigrationEndStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** How long the passwords of the former shop work for those who have never been in. */
@Service
public class FormerPasswords {

    private static final int BATCH = 1000;

    private final MigrationEndStore ends;

    FormerPasswords(MigrationEndStore ends) {
        this.ends = ends;
    }

    public Mono<MigrationEnd> end() {
        return ends.end();
    }

    /** Ends with {@code version-conflict}, or with {@code invalid-request} for an end that has passed. */
    public Mono<MigrationEnd> set(MigrationEnd.Change change) {
        return ends.set(change);
    }

    @Scheduled(fixedDelayString = "${abendkasse.relaunch.look-every:10s}")
    Mono<Void> drop() {
        return ends.dropFormerHashes(BATCH)
                .repeat()
                .takeUntil(dropped -> dropped < BATCH)
                .then();
    }
}
