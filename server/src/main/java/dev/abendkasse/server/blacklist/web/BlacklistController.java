package dev.abendkasse.server.blacklist.web;

import dev.abendkasse.api.BlacklistApi;
import dev.abendkasse.api.model.BlacklistChange;
import dev.abendkasse.api.model.BlacklistDraft;
import dev.abendkasse.api.model.BlacklistEntry;
import dev.abendkasse.api.model.BlacklistEntryPage;
import dev.abendkasse.api.model.BlacklistHistoryPage;
import dev.abendkasse.api.model.BlacklistLiftingNote;
import dev.abendkasse.api.model.BlacklistPerson;
import dev.abendkasse.api.model.BlacklistPreview;
import dev.abendkasse.api.model.BlacklistSearch;
import dev.abendkasse.server.blacklist.BlacklistSearches;
import dev.abendkasse.server.blacklist.BlacklistService;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.TimeCursors;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class BlacklistController implements BlacklistApi {

    private static final int PAGE = 20;

    private final BlacklistService blacklist;
    private final BlacklistSearches searches;
    private final Commands commands;
    private final Repeats repeats;

    BlacklistController(BlacklistService blacklist, BlacklistSearches searches, Commands commands, Repeats repeats) {
        this.blacklist = blacklist;
        this.searches = searches;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntry>> addBlacklistEntry(
            UUID idempotencyKey, Mono<BlacklistDraft> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (request, by) -> blacklist.add(
                                BlacklistMapper.toDomain(request),
                                by,
                                repeats.of("addBlacklistEntry:" + by, idempotencyKey, request)))
                .flatMap(commands::run)
                .map(BlacklistMapper::doneOrProblem)
                .map(entry -> BlacklistMapper.answer(HttpStatus.CREATED, entry));
    }

    @Override
    public Mono<ResponseEntity<BlacklistPreview>> previewBlacklistEntry(
            Mono<BlacklistPerson> body, ServerWebExchange exchange) {
        return body.map(BlacklistMapper::toDomain)
                .zipWith(Callers.name(), blacklist::preview)
                .flatMap(commands::run)
                .map(BlacklistMapper::doneOrProblem)
                .map(BlacklistMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntryPage>> listBlacklistEntries(
            Boolean active, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var before = TimeCursors.read(cursor, UUID::fromString);
        return Callers.name()
                .flatMap(by -> commands.run(searches.list(active, before, limit, by)))
                .map(BlacklistMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntryPage>> searchBlacklistEntries(
            Mono<BlacklistSearch> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (search, by) -> searches.find(
                                BlacklistMapper.toDomain(search),
                                Boolean.TRUE.equals(search.getActive()),
                                TimeCursors.read(search.getCursor(), UUID::fromString),
                                Objects.requireNonNullElse(search.getLimit(), PAGE),
                                by))
                .flatMap(commands::run)
                .map(BlacklistMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntry>> getBlacklistEntry(UUID entryId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(blacklist.find(entryId, by)))
                .switchIfEmpty(Mono.error(BlacklistController::notFound))
                .map(entry -> BlacklistMapper.answer(HttpStatus.OK, entry));
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntry>> changeBlacklistEntry(
            UUID entryId, String ifMatch, Mono<BlacklistChange> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(
                        Callers.name(),
                        (change, by) -> blacklist.change(BlacklistMapper.toDomain(entryId, version, change, by)))
                .flatMap(commands::run)
                .map(BlacklistMapper::doneOrProblem)
                .map(entry -> BlacklistMapper.answer(HttpStatus.OK, entry));
    }

    @Override
    public Mono<ResponseEntity<BlacklistHistoryPage>> listBlacklistEntryHistory(
            UUID entryId, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var before = TimeCursors.read(cursor, Long::valueOf);
        return Callers.name()
                .flatMap(by -> commands.run(searches.history(entryId, before, limit, by)))
                .switchIfEmpty(Mono.error(BlacklistController::notFound))
                .map(BlacklistMapper::toHistory)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntry>> liftBlacklistEntry(
            UUID entryId, Mono<BlacklistLiftingNote> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (request, by) -> blacklist.lift(entryId, by, request.getNote()))
                .flatMap(commands::run)
                .switchIfEmpty(Mono.error(BlacklistController::notFound))
                .map(BlacklistMapper::toContract)
                .map(ResponseEntity::ok);
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.BLACKLIST_ENTRY_NOT_FOUND);
    }
}
