package dev.abendkasse.server.catalog;

import dev.abendkasse.server.catalog.domain.Cursor;
import dev.abendkasse.server.catalog.domain.Cursor.AfterEvent;
import dev.abendkasse.server.catalog.domain.Event;
import dev.abendkasse.server.catalog.domain.EventSearch;
import dev.abendkasse.server.catalog.domain.EventSummary;
import dev.abendkasse.server.catalog.domain.Performance;
import dev.abendkasse.server.catalog.domain.SeatMap;
import dev.abendkasse.server.catalog.store.EventStore;
import dev.abendkasse.server.catalog.store.SeatMapStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What shops see of the programme. */
@Service
public class CatalogService {

    private final EventStore events;
    private final SeatMapStore seatMaps;

    CatalogService(EventStore events, SeatMapStore seatMaps) {
        this.events = events;
        this.seatMaps = seatMaps;
    }

    public Mono<Page<EventSummary>> search(EventSearch search) {
        return events.search(search.withOneMore())
                .collectList()
                .map(found -> Page.of(found, search.limit(), event -> cursor(search, event)));
    }

    public Mono<Event> event(UUID eventId) {
        return events.findEvent(eventId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.EVENT_NOT_FOUND)));
    }

    public Mono<Performance> performance(UUID performanceId) {
        return events.findPerformance(performanceId).switchIfEmpty(Mono.error(CatalogService::noPerformance));
    }

    /** Every performance has places, so one without them isn't there. */
    public Mono<SeatMap> seatMap(UUID performanceId) {
        return seatMaps.read(performanceId)
                .filter(map -> !map.isEmpty())
                .switchIfEmpty(Mono.error(CatalogService::noPerformance));
    }

    private static String cursor(EventSearch search, EventSummary last) {
        return Cursor.of(new AfterEvent(search.after().from(), last.nextPerformanceAt(), last.eventId()));
    }

    private static ProblemException noPerformance() {
        return new ProblemException(ProblemType.PERFORMANCE_NOT_FOUND);
    }
}
