package dev.abendkasse.server.webhooks.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.webhooks.domain.Endpoint;
import dev.abendkasse.server.webhooks.domain.EndpointChange;
import dev.abendkasse.server.webhooks.domain.EndpointDraft;
import dev.abendkasse.server.webhooks.domain.EndpointResult;
import io.r2dbc.postgresql.codec.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The webhook_endpoint table; what changes it is in R__6_webhooks.sql. */
@Repository
public class EndpointStore {

    private static final TimeCursor<UUID> START =
            new TimeCursor<>(Instant.parse("0001-01-01T00:00:00Z"), new UUID(0, 0));

    private static final String FIND = """
            select webhook_endpoint_view(endpoint) from webhook_endpoint endpoint where endpoint_id = :id
            """;

    private static final String LIST = """
            select webhook_endpoint_view(endpoint)
              from webhook_endpoint endpoint
             where (created_at, endpoint_id) > (:at, :id)
             order by created_at, endpoint_id
             limit :limit
            """;

    private static final String ROTATE = """
            update webhook_endpoint
               set old_secret = secret, old_secret_until = clock_timestamp() + :seconds * interval '1 second',
                   secret = :secret
             where endpoint_id = :id
            returning old_secret_until
            """;

    private final DatabaseClient db;
    private final Functions functions;

    EndpointStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<Endpoint> find(UUID endpointId) {
        return db.sql(FIND).bind("id", endpointId).mapValue(Json.class).one().map(this::toEndpoint);
    }

    /** The oldest first. */
    public Flux<Endpoint> list(@Nullable TimeCursor<UUID> after, int limit) {
        var start = after == null ? START : after;
        return db.sql(LIST)
                .bind("at", start.at())
                .bind("id", start.id())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(this::toEndpoint);
    }

    private record Addition(
            String url,
            String description,
            List<String> events,
            @Nullable String clientId,
            String secret) {}

    /** @param secret encrypted */
    public Mono<EndpointResult> add(EndpointDraft draft, byte[] secret) {
        var addition = new Addition(
                draft.url(),
                draft.description(),
                draft.events(),
                draft.clientId(),
                HexFormat.of().formatHex(secret));
        return functions.call("add_webhook_endpoint", addition).map(this::toResult);
    }

    public Mono<EndpointResult> change(EndpointChange change) {
        return functions.call("change_webhook_endpoint", change).map(this::toResult);
    }

    public Mono<EndpointResult> remove(UUID endpointId) {
        return functions
                .call("delete_webhook_endpoint", Map.of("endpointId", endpointId))
                .map(this::toResult);
    }

    /**
     * The secret that it has now becomes the old one.
     *
     * @param secret the new one, encrypted
     * @return until when the old one is good; empty when there is no such endpoint
     */
    public Mono<Instant> rotate(UUID endpointId, byte[] secret, Duration oldFor) {
        return db.sql(ROTATE)
                .bind("id", endpointId)
                .bind("secret", secret)
                .bind("seconds", oldFor.toMillis() / 1000.0)
                .mapValue(Instant.class)
                .one();
    }

    private EndpointResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new EndpointResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new EndpointResult.Done(functions.read(answer.get("endpoint"), Endpoint.class));
    }

    private Endpoint toEndpoint(Json found) {
        return functions.parse(found, Endpoint.class);
    }
}
