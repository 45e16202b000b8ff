package dev.abendkasse.server.seathistory;

import dev.abendkasse.server.seathistory.domain.SeatAnswer;
import dev.abendkasse.server.seathistory.domain.SeatQuestion;
import dev.abendkasse.server.seathistory.store.SeatHistoryStore;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Tells who has held a seat. */
@Service
public class SeatHistories {

    private final SeatHistoryStore history;

    SeatHistories(SeatHistoryStore history) {
        this.history = history;
    }

    /** The newest hold first. */
    public Mono<SeatAnswer> tell(SeatQuestion question) {
        return history.tell(question);
    }
}
