package dev.abendkasse.server.blacklist.web;

import dev.abendkasse.api.BlacklistSuggestionsApi;
import dev.abendkasse.api.model.BlacklistSuggestionDismissal;
import dev.abendkasse.api.model.BlacklistSuggestionFile;
import dev.abendkasse.api.model.BlacklistSuggestionNote;
import dev.abendkasse.api.model.BlacklistSuggestionPage;
import dev.abendkasse.server.blacklist.SuggestionService;
import dev.abendkasse.server.blacklist.domain.DismissalDraft;
import dev.abendkasse.server.blacklist.domain.SuggestionFile;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.TimeCursors;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class SuggestionController implements BlacklistSuggestionsApi {

    private final SuggestionService suggestions;
    private final Commands commands;

    SuggestionController(SuggestionService suggestions, Commands commands) {
        this.suggestions = suggestions;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<BlacklistSuggestionPage>> listBlacklistSuggestions(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var before = TimeCursors.read(cursor, UUID::fromString);
        return Callers.name()
                .flatMap(by -> commands.run(suggestions.list(before, limit, by)))
                .map(SuggestionMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BlacklistSuggestionFile>> getBlacklistSuggestion(
            UUID suggestionId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(suggestions.find(suggestionId, by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.BLACKLIST_SUGGESTION_NOT_FOUND)))
                .map(SuggestionController::answer);
    }

    @Override
    public Mono<ResponseEntity<BlacklistSuggestionDismissal>> dismissBlacklistSuggestion(
            UUID suggestionId, String ifMatch, Mono<BlacklistSuggestionNote> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(
                        Callers.name(),
                        (request, by) -> new DismissalDraft(suggestionId, version, request.getNote(), by))
                .flatMap(draft -> commands.run(suggestions.dismiss(draft)))
                .map(SuggestionMapper::dismissedOrProblem)
                .map(ResponseEntity::ok);
    }

    private static ResponseEntity<BlacklistSuggestionFile> answer(SuggestionFile file) {
        return ResponseEntity.ok()
                .eTag(Headers.etag(file.suggestion().person().version()))
                .body(SuggestionMapper.toContract(file));
    }
}
