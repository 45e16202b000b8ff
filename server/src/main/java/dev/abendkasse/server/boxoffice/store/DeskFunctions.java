package dev.abendkasse.server.boxoffice.store;

import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.database.Functions;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/**
 * Calls the command functions of the box office and reads what they answer. Of two commands with one key at the same instant
 * the second undoes itself and asks again: for the first answer.
 */
@Component
class DeskFunctions {

    private final Functions functions;

    DeskFunctions(Functions functions) {
        this.functions = functions;
    }

    /** For answers that are the result. */
    <T> Mono<DeskResult<T>> call(String function, Object command, Class<T> type) {
        return call(function, command).map(answer -> toResult(answer, answer, type));
    }

    /** For answers in which the result is a member. */
    <T> Mono<DeskResult<T>> call(String function, Object command, String member, Class<T> type) {
        return call(function, command).map(answer -> toResult(answer, answer.path(member), type));
    }

    <T> Mono<List<T>> list(String function, Object command, String member, Class<T> type) {
        return call(function, command)
                .map(answer -> answer.get(member)
                        .valueStream()
                        .map(one -> functions.read(one, type))
                        .toList());
    }

    private Mono<JsonNode> call(String function, Object command) {
        return Mono.defer(() -> functions.call(function, command))
                .retryWhen(Retry.max(1).filter(DataIntegrityViolationException.class::isInstance));
    }

    private <T> DeskResult<T> toResult(JsonNode answer, JsonNode result, Class<T> type) {
        return answer.has("refused")
                ? new DeskResult.Refused<>(functions.read(answer, DeskResult.Refusal.class))
                : new DeskResult.Done<>(functions.read(result, type));
    }
}
