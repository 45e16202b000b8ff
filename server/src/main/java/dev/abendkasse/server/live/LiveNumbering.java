package dev.abendkasse.server.live;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.live.store.LiveStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives committed events their order and announces them, outside of the transactions that noted them; forgets old ones. */
@Component
class LiveNumbering {

    private static final int BATCH = 10_000;

    private final LiveStore store;
    private final Commits commits;
    private final LiveProperties properties;

    LiveNumbering(LiveStore store, Commits commits, LiveProperties properties) {
        this.store = store;
        this.commits = commits;
        this.properties = properties;
    }

    /** Never ends by itself. */
    @Scheduled(fixedDelayString = "${abendkasse.live.again-after:1s}")
    Mono<Void> number() {
        return commits.follow(Mono.defer(store::number), properties.numberEvery())
                .then();
    }

    /** For what was committed by a replica that ended before it could say so. */
    @Scheduled(fixedDelayString = "${abendkasse.live.look-every:5s}")
    Mono<Void> look() {
        return store.number();
    }

    @Scheduled(fixedDelayString = "${abendkasse.live.forget-every:1m}")
    Mono<Void> forget() {
        return Mono.defer(() -> store.forget(properties.keep(), BATCH))
                .repeat()
                .takeUntil(forgotten -> forgotten < BATCH)
                .then();
    }
}
