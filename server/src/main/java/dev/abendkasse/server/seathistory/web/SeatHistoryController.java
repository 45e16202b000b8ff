package dev.abendkasse.server.seathistory.web;

import dev.abendkasse.api.SeatHistoryApi;
import dev.abendkasse.api.model.SeatHistory;
import dev.abendkasse.server.seathistory.SeatHistories;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class SeatHistoryController implements SeatHistoryApi {

    private final SeatHistories histories;

    SeatHistoryController(SeatHistories histories) {
        this.histories = histories;
    }

    @Override
    public Mono<ResponseEntity<SeatHistory>> seatHistory(
            UUID performanceId, String seatId, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var before = TimeCursors.read(cursor, Long::valueOf);
        return Callers.current()
                .map(caller -> SeatHistoryMapper.toQuestion(caller, performanceId, seatId, before, limit))
                .flatMap(histories::tell)
                .map(SeatHistoryMapper::toContract)
                .map(ResponseEntity::ok);
    }
}
