package dev.abendkasse.server.hotline.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.hotline.domain.AccountCommand;
import dev.abendkasse.server.hotline.domain.AccountResult;
import dev.abendkasse.server.hotline.domain.CustomerFile;
import dev.abendkasse.server.hotline.domain.CustomerSearch;
import dev.abendkasse.server.hotline.domain.FoundCustomers;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Customers for the hotline; the functions are those of R__7_hotline.sql. */
@Repository
public class HotlineStore {

    private static final String FIND = """
            select view from customer_file_view(:customerId) view where view is not null
            """;

    private final DatabaseClient db;
    private final Functions functions;

    HotlineStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** The best matches first, then the newest accounts. */
    public Mono<FoundCustomers> search(CustomerSearch search) {
        return functions.call("search_customers", search).map(answer -> functions.read(answer, FoundCustomers.class));
    }

    /** Empty when there is no such customer. */
    public Mono<CustomerFile> find(UUID customerId) {
        return db.sql(FIND)
                .bind("customerId", customerId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, CustomerFile.class));
    }

    public Mono<AccountResult> execute(AccountCommand command) {
        return functions.call(functionFor(command), command).map(this::toResult);
    }

    private static String functionFor(AccountCommand command) {
        return switch (command) {
            case AccountCommand.Lock _ -> "lock_customer";
            case AccountCommand.Unlock _ -> "unlock_customer";
            case AccountCommand.SendLink _ -> "send_way_in";
        };
    }

    private AccountResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new AccountResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new AccountResult.Done(functions.read(answer.get("customer"), CustomerFile.class));
    }
}
