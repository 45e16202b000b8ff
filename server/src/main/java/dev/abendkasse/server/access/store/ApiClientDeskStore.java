package dev.abendkasse.server.access.store;

import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.ClientCommand;
import dev.abendkasse.server.access.domain.ClientView;
import dev.abendkasse.server.access.domain.MadeSecret;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The api_client table for admins; what changes it is in R__2_access.sql. */
@Repository
public class ApiClientDeskStore {

    private static final TimeCursor<String> START = new TimeCursor<>(Instant.parse("0001-01-01T00:00:00Z"), "");

    private static final String CLIENT = "client";

    private static final String FIND = """
            select api_client_view(client) from api_client client where client_id = :clientId
            """;

    private static final String LIST = """
            select api_client_view(client)
              from api_client client
             where (created_at, client_id) > (:at, :clientId)
             order by created_at, client_id
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;
    private final AccessAnswers answers;

    ApiClientDeskStore(DatabaseClient db, Functions functions, AccessAnswers answers) {
        this.db = db;
        this.functions = functions;
        this.answers = answers;
    }

    public Mono<ClientView> find(String clientId) {
        return db.sql(FIND)
                .bind("clientId", clientId)
                .mapValue(Json.class)
                .one()
                .map(this::toView);
    }

    /** The oldest first. */
    public Flux<ClientView> list(@Nullable TimeCursor<String> after, int limit) {
        var start = after == null ? START : after;
        return db.sql(LIST)
                .bind("at", start.at())
                .bind("clientId", start.id())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(this::toView);
    }

    public Mono<AccessResult<MadeSecret>> create(ClientCommand.Create command) {
        return answers.call("create_api_client", command, MadeSecret.class);
    }

    public Mono<AccessResult<MadeSecret>> rotate(ClientCommand.Rotate command) {
        return answers.call("rotate_api_client_secret", command, MadeSecret.class);
    }

    public Mono<AccessResult<ClientView>> change(ClientCommand.Change command) {
        return answers.call("change_api_client", command, CLIENT, ClientView.class);
    }

    public Mono<AccessResult<ClientView>> lock(ClientCommand.Lock command) {
        return answers.call("lock_api_client", command, CLIENT, ClientView.class);
    }

    public Mono<AccessResult<ClientView>> unlock(ClientCommand.Unlock command) {
        return answers.call("unlock_api_client", command, CLIENT, ClientView.class);
    }

    private ClientView toView(Json found) {
        return functions.parse(found, ClientView.class);
    }
}
