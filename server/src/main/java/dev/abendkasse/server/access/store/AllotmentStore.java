package dev.abendkasse.server.access.store;

import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.AllotmentView;
import dev.abendkasse.server.access.domain.ClientCommand;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The api_client_allotment table; what changes it is in R__2_allotments.sql. */
@Repository
public class AllotmentStore {

    private static final String FIND = """
            select allotment_view(client) from api_client client where client_id = :clientId
            """;

    private final DatabaseClient db;
    private final Functions functions;
    private final AccessAnswers answers;

    AllotmentStore(DatabaseClient db, Functions functions, AccessAnswers answers) {
        this.db = db;
        this.functions = functions;
        this.answers = answers;
    }

    public Mono<AllotmentView> find(String clientId) {
        return db.sql(FIND)
                .bind("clientId", clientId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, AllotmentView.class));
    }

    public Mono<AccessResult<AllotmentView>> set(ClientCommand.Allot command) {
        return answers.call("set_allotment", command, "allotment", AllotmentView.class);
    }
}
