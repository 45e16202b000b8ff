package dev.abendkasse.server.catalog.web;

import dev.abendkasse.api.ProgrammeApi;
import dev.abendkasse.api.model.Event;
import dev.abendkasse.api.model.EventDraft;
import dev.abendkasse.api.model.Performance;
import dev.abendkasse.api.model.PerformanceDraft;
import dev.abendkasse.server.catalog.CatalogService;
import dev.abendkasse.server.catalog.ProgrammeDesk;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ProgrammeController implements ProgrammeApi {

    private final ProgrammeDesk programme;
    private final CatalogService catalog;
    private final Commands commands;

    ProgrammeController(ProgrammeDesk programme, CatalogService catalog, Commands commands) {
        this.programme = programme;
        this.catalog = catalog;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<Event>> createEvent(Mono<EventDraft> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(), (draft, by) -> programme.addEvent(draft.getTitle(), descriptionIn(draft), by))
                .flatMap(commands::run)
                .flatMap(id -> event(HttpStatus.CREATED, id));
    }

    @Override
    public Mono<ResponseEntity<Event>> updateEvent(
            UUID eventId, String ifMatch, Mono<EventDraft> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (draft, by) -> programme.changeEvent(
                                eventId, version(ifMatch), draft.getTitle(), descriptionIn(draft), by))
                .flatMap(commands::run)
                .flatMap(id -> event(HttpStatus.OK, id));
    }

    @Override
    public Mono<ResponseEntity<Performance>> createPerformance(
            UUID eventId, Mono<PerformanceDraft> body, ServerWebExchange exchange) {
        return body.map(DraftMapper::toDraft)
                .zipWith(Callers.name(), (draft, by) -> programme.addPerformance(eventId, draft, by))
                .flatMap(commands::run)
                .flatMap(id -> performance(HttpStatus.CREATED, id));
    }

    @Override
    public Mono<ResponseEntity<Performance>> updatePerformance(
            UUID performanceId, String ifMatch, Mono<PerformanceDraft> body, ServerWebExchange exchange) {
        return body.map(DraftMapper::toDraft)
                .zipWith(
                        Callers.name(),
                        (draft, by) -> programme.changePerformance(performanceId, version(ifMatch), draft, by))
                .flatMap(commands::run)
                .flatMap(id -> performance(HttpStatus.OK, id));
    }

    private Mono<ResponseEntity<Event>> event(HttpStatus status, UUID eventId) {
        return catalog.event(eventId)
                .map(event -> ResponseEntity.status(status)
                        .eTag(Headers.etag(event.version()))
                        .body(EventMapper.toContract(event)));
    }

    private Mono<ResponseEntity<Performance>> performance(HttpStatus status, UUID performanceId) {
        return catalog.performance(performanceId)
                .map(performance -> ResponseEntity.status(status)
                        .eTag(Headers.etag(performance.version()))
                        .body(EventMapper.toContract(performance)));
    }

    private static long version(String ifMatch) {
        return Objects.requireNonNull(Headers.version(ifMatch));
    }

    private static String descriptionIn(EventDraft draft) {
        return Objects.requireNonNullElse(draft.getDescription(), "");
    }
}
