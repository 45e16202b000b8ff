package dev.abendkasse.server.credit.store;

import dev.abendkasse.server.credit.domain.CreditAccount;
import dev.abendkasse.server.credit.domain.CreditResult;
import dev.abendkasse.server.credit.domain.NewLimit;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Credit accounts; the functions are those of R__6_credit.sql. */
@Repository
public class CreditStore {

    private static final String FIND = """
            select view from credit_account_view(:customerId) view where view is not null
            """;

    private final DatabaseClient db;
    private final Functions functions;

    CreditStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Empty when there is no such customer. */
    public Mono<CreditAccount> find(UUID customerId) {
        return db.sql(FIND)
                .bind("customerId", customerId)
                .mapValue(Json.class)
                .one()
                .map(account -> functions.parse(account, CreditAccount.class));
    }

    public Mono<CreditResult> set(NewLimit limit) {
        return functions.call("set_credit_limit", limit).map(this::toResult);
    }

    private CreditResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new CreditResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new CreditResult.Changed(functions.read(answer.get("account"), CreditAccount.class));
    }
}
