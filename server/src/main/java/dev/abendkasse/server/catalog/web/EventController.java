package dev.abendkasse.server.catalog.web;

import dev.abendkasse.api.EventsApi;
import dev.abendkasse.api.model.Event;
import dev.abendkasse.api.model.EventPage;
import dev.abendkasse.api.model.Performance;
import dev.abendkasse.api.model.SeatMap;
import dev.abendkasse.server.catalog.CatalogService;
import dev.abendkasse.server.catalog.domain.Cursor;
import dev.abendkasse.server.catalog.domain.Cursor.AfterEvent;
import dev.abendkasse.server.catalog.domain.EventSearch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class EventController implements EventsApi {

    private static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final CatalogService catalog;

    EventController(CatalogService catalog) {
        this.catalog = catalog;
    }

    @Override
    public Mono<ResponseEntity<EventPage>> listEvents(
            @Nullable String q,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        var after = Cursors.read(cursor, Cursor::afterEvent).orElseGet(() -> firstPage(from));
        var search = new EventSearch(
                Objects.requireNonNullElse(q, ""), Objects.requireNonNullElse(to, FOREVER), after, limit);
        return catalog.search(search).map(EventMapper::toPage).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Event>> getEvent(UUID eventId, ServerWebExchange exchange) {
        return catalog.event(eventId).map(EventMapper::toContract).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Performance>> getPerformance(UUID performanceId, ServerWebExchange exchange) {
        return catalog.performance(performanceId).map(EventMapper::toContract).map(ResponseEntity::ok);
    }

    /** Spring compares the ETag with If-None-Match and answers 304 by itself; browsers may keep a copy if they ask. */
    @Override
    public Mono<ResponseEntity<SeatMap>> listSeats(
            UUID performanceId, @Nullable String ifNoneMatch, ServerWebExchange exchange) {
        return catalog.seatMap(performanceId)
                .map(map -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache())
                        .eTag(SeatMapMapper.etag(map))
                        .body(SeatMapMapper.toContract(performanceId, map)));
    }

    private static AfterEvent firstPage(@Nullable Instant from) {
        var start = Objects.requireNonNullElseGet(from, Instant::now).truncatedTo(ChronoUnit.MICROS);
        return new AfterEvent(start, start, BEFORE_ALL);
    }
}
