package dev.abendkasse.server.access.store;

import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Calls the commands of this module and reads their answers. */
@Component
class AccessAnswers {

    private final Functions functions;

    AccessAnswers(Functions functions) {
        this.functions = functions;
    }

    /** @param part where in the answer the result is */
    <T> Mono<AccessResult<T>> call(String function, Object command, String part, Class<T> type) {
        return functions
                .call(function, command)
                .map(answer -> answer.has("refused") ? refused(answer) : done(answer.get(part), type));
    }

    /** The same where the whole answer is the result. */
    <T> Mono<AccessResult<T>> call(String function, Object command, Class<T> type) {
        return functions
                .call(function, command)
                .map(answer -> answer.has("refused") ? refused(answer) : done(answer, type));
    }

    private <T> AccessResult<T> done(JsonNode part, Class<T> type) {
        return new AccessResult.Done<>(functions.read(part, type));
    }

    private static <T> AccessResult<T> refused(JsonNode answer) {
        var problem = ProblemType.valueOf(answer.get("refused").asString());
        return new AccessResult.Refused<>(
                problem,
                answer.has("list")
                        ? "#/" + answer.get("list").asString() + "/"
                                + answer.get("index").asInt()
                        : null);
    }
}
