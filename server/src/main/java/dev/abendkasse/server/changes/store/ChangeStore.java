package dev.abendkasse.server.changes.store;

import dev.abendkasse.server.changes.domain.ChangeOrder;
import dev.abendkasse.server.changes.domain.ChangeResult;
import dev.abendkasse.server.changes.domain.Impact;
import dev.abendkasse.server.changes.domain.PerformanceChange;
import dev.abendkasse.server.changes.domain.Progress;
import dev.abendkasse.server.changes.domain.Step;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.OrderFailure;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Changes of performances; carried out by the functions of R__6_performance_changes.sql. */
@Repository
public class ChangeStore {

    private static final String FIND = """
            select performance_change_view(performance_change) from performance_change where change_id = :id
            """;

    private static final String STOP = """
            select stop_performance_change(:id)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    ChangeStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<ChangeResult> begin(ChangeOrder order) {
        return functions.call("change_performance", order).map(this::toResult);
    }

    public Mono<ChangeResult> impact(UUID performance) {
        return functions
                .call("performance_impact", Map.of("performanceId", performance))
                .map(this::toResult);
    }

    public Mono<PerformanceChange> find(UUID change) {
        return db.sql(FIND)
                .bind("id", change)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, PerformanceChange.class));
    }

    /** @param caseNumbers one for each of as many orders as are dealt with in this step */
    public Mono<Step> advance(UUID change, List<String> caseNumbers) {
        return functions
                .call("advance_performance_change", Map.of("changeId", change, "caseNumbers", caseNumbers))
                .map(this::toStep);
    }

    public Mono<Void> stop(UUID change) {
        return db.sql(STOP).bind("id", change).then();
    }

    private Step toStep(JsonNode answer) {
        var failed = answer.path("failed").valueStream().map(one -> functions.read(one, OrderFailure.class));
        return new Step(toProgress(answer), failed.toList());
    }

    private static Progress toProgress(JsonNode answer) {
        if (answer.has("busy")) {
            return Progress.BUSY;
        }
        if (answer.path("stuck").asBoolean(false)) {
            return Progress.STUCK;
        }
        return answer.get("done").asBoolean() ? Progress.DONE : Progress.MORE;
    }

    private ChangeResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return new ChangeResult.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()),
                    answer.path("fault").asString(""));
        }
        return answer.has("change")
                ? new ChangeResult.Begun(functions.read(answer.get("change"), PerformanceChange.class))
                : new ChangeResult.Counted(functions.read(answer, Impact.class));
    }
}
