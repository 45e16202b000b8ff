package dev.abendkasse.server.blacklist.web;

import dev.abendkasse.api.BlacklistApi;
import dev.abendkasse.api.model.BlacklistDraft;
import dev.abendkasse.api.model.BlacklistEntry;
import dev.abendkasse.api.model.BlacklistEntryPage;
import dev.abendkasse.api.model.BlacklistLiftingNote;
import dev.abendkasse.server.blacklist.BlacklistService;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class BlacklistController implements BlacklistApi {

    private final BlacklistService blacklist;
    private final Commands commands;

    BlacklistController(BlacklistService blacklist, Commands commands) {
        this.blacklist = blacklist;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntry>> addBlacklistEntry(
            Mono<BlacklistDraft> body, ServerWebExchange exchange) {
        return body.map(BlacklistMapper::toDomain)
                .zipWith(Callers.name(), blacklist::add)
                .flatMap(commands::run)
                .map(BlacklistMapper::addedOrProblem)
                .map(ResponseEntity.status(HttpStatus.CREATED)::body);
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntryPage>> listBlacklistEntries(
            @Nullable String q, Boolean active, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var before = TimeCursors.read(cursor, UUID::fromString);
        return Callers.name()
                .flatMap(by -> commands.run(blacklist.list(q, active, before, limit, by)))
                .map(BlacklistMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BlacklistEntry>> liftBlacklistEntry(
            UUID entryId, Mono<BlacklistLiftingNote> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (request, by) -> blacklist.lift(entryId, by, request.getNote()))
                .flatMap(commands::run)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.BLACKLIST_ENTRY_NOT_FOUND)))
                .map(BlacklistMapper::toContract)
                .map(ResponseEntity::ok);
    }
}
