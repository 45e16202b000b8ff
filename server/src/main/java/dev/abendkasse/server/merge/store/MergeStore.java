package dev.abendkasse.server.merge.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.merge.domain.MergeCommand;
import dev.abendkasse.server.merge.domain.MergePair;
import dev.abendkasse.server.merge.domain.MergeResult;
import dev.abendkasse.server.merge.domain.MergeView;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Merges customers; the functions are those of R__7_merge.sql. */
@Repository
public class MergeStore {

    private final Functions functions;

    MergeStore(Functions functions) {
        this.functions = functions;
    }

    public Mono<MergeResult<MergeView.Preview>> preview(MergePair pair) {
        return functions
                .call("preview_merge", pair)
                .map(answer -> toResult(answer, "preview", MergeView.Preview.class));
    }

    public Mono<MergeResult<MergeView.Done>> merge(MergeCommand command) {
        return functions
                .call("merge_customers", command)
                .map(answer -> toResult(answer, "merge", MergeView.Done.class));
    }

    private <T extends MergeView> MergeResult<T> toResult(JsonNode answer, String member, Class<T> type) {
        return answer.has("refused")
                ? new MergeResult.Refused<>(
                        ProblemType.valueOf(answer.get("refused").asString()),
                        answer.path("conflicts")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList())
                : new MergeResult.Shown<>(functions.read(answer.get(member), type));
    }
}
