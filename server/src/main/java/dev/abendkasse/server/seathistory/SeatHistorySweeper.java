package dev.abendkasse.server.seathistory;

import dev.abendkasse.server.seathistory.store.SeatHistoryStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets what has happened to the seats of performances that are long over, a batch at a time so that nobody waits for it. */
@Component
class SeatHistorySweeper {

    private static final int BATCH = 1000;

    private final SeatHistoryStore history;
    private final SeatHistoryProperties properties;

    SeatHistorySweeper(SeatHistoryStore history, SeatHistoryProperties properties) {
        this.history = history;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "${abendkasse.seat-history.forget-every:1h}")
    Mono<Void> forget() {
        return Mono.defer(() -> history.forget(properties.keep(), BATCH))
                .repeat()
                .takeUntil(forgotten -> forgotten == 0)
                .then();
    }
}
