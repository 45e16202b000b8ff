package dev.abendkasse.server.credit.store;

import dev.abendkasse.server.credit.domain.LimitRequest;
import dev.abendkasse.server.credit.domain.LimitRequestResult;
import dev.abendkasse.server.credit.domain.OwnCredit;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Credit accounts as their customers see them; the functions are those of R__6_credit.sql. */
@Repository
public class OwnCreditStore {

    private static final String FIND = """
            select view from own_credit_view(:customerId) view where view is not null
            """;

    private final DatabaseClient db;
    private final Functions functions;

    OwnCreditStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Empty when there is no such customer. */
    public Mono<OwnCredit> find(UUID customerId) {
        return db.sql(FIND)
                .bind("customerId", customerId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, OwnCredit.class));
    }

    public Mono<LimitRequestResult> request(LimitRequest request) {
        return functions.call("request_credit_limit", request).map(OwnCreditStore::toResult);
    }

    private static LimitRequestResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new LimitRequestResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new LimitRequestResult.Opened(
                        new CaseNumber(answer.get("caseNumber").asString()));
    }
}
