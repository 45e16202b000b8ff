package dev.abendkasse.server.webhooks.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.webhooks.domain.Delivery;
import dev.abendkasse.server.webhooks.domain.DeliveryResult;
import dev.abendkasse.server.webhooks.domain.Outgoing;
import dev.abendkasse.server.webhooks.domain.Replay;
import dev.abendkasse.server.webhooks.domain.Verdict;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The webhook_delivery table; what is more than one statement is in R__6_webhooks.sql. */
@Repository
public class DeliveryStore {

    private static final TimeCursor<UUID> END =
            new TimeCursor<>(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    private static final String OUTGOING = """
            select delivery_id, event_type, occurred_at, data::text as data, endpoint.endpoint_id, version, url, active,
                   failures, secret, case when old_secret_until > clock_timestamp() then old_secret end as old_secret
              from webhook_delivery delivery join webhook_endpoint endpoint using (endpoint_id)
             where delivery_id = :id
            """;

    private static final String LIST = """
            select webhook_delivery_view(delivery, message)
              from webhook_delivery delivery
              left join outbox_message message on message.kind = 'WEBHOOK' and message.key = delivery.delivery_id::text
             where endpoint_id = :endpoint and (occurred_at, delivery_id) < (:at, :id)
               and (:state::text is null or webhook_delivery_state(delivery, message) = :state)
             order by occurred_at desc, delivery_id desc
             limit :limit
            """;

    private static final String FORGET = """
            select forget_webhooks(clock_timestamp() - :seconds * interval '1 second', :limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    DeliveryStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Empty when it, or its endpoint, is no more. */
    public Mono<Outgoing> outgoing(UUID deliveryId) {
        return db.sql(OUTGOING)
                .bind("id", deliveryId)
                .map(DeliveryStore::toOutgoing)
                .one();
    }

    private record Try(
            UUID deliveryId,
            UUID endpointId,
            long version,
            Verdict.Outcome outcome,
            @Nullable Integer status,
            @Nullable String error) {}

    /** Writes down how a try went, for the delivery and for its endpoint. */
    public Mono<Void> note(Outgoing outgoing, Verdict verdict) {
        var tried = new Try(
                outgoing.deliveryId(),
                outgoing.endpointId(),
                outgoing.version(),
                verdict.outcome(),
                verdict.status(),
                verdict.error());
        return functions.call("note_webhook_try", tried).then();
    }

    /** The newest first. */
    public Flux<Delivery> list(
            UUID endpointId, Delivery.@Nullable State state, @Nullable TimeCursor<UUID> before, int limit) {
        var start = before == null ? END : before;
        return db.sql(LIST)
                .bind("endpoint", endpointId)
                .bind("at", start.at())
                .bind("id", start.id())
                .bind("state", state == null ? Parameters.in(String.class) : state.name())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, Delivery.class));
    }

    public Mono<DeliveryResult> test(UUID endpointId) {
        return functions.call("test_webhook", Map.of("endpointId", endpointId)).map(this::toResult);
    }

    public Mono<DeliveryResult> replay(UUID endpointId, UUID deliveryId) {
        return functions
                .call("replay_webhook", Map.of("endpointId", endpointId, "deliveryId", deliveryId))
                .map(this::toResult);
    }

    public Mono<DeliveryResult> replay(Replay replay) {
        return functions.call("replay_webhooks", replay).map(this::toResult);
    }

    /** Forgets some that are older than this. */
    public Mono<Void> forget(Duration age, int limit) {
        return db.sql(FORGET)
                .bind("seconds", age.toMillis() / 1000.0)
                .bind("limit", limit)
                .then();
    }

    private DeliveryResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return new DeliveryResult.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()));
        }
        return answer.has("delivery")
                ? new DeliveryResult.Sending(functions.read(answer.get("delivery"), Delivery.class))
                : functions.read(answer, DeliveryResult.Replaying.class);
    }

    private static Outgoing toOutgoing(Readable row) {
        return new Outgoing(
                value(row, "delivery_id", UUID.class),
                value(row, "event_type", String.class),
                value(row, "occurred_at", Instant.class),
                value(row, "data", String.class),
                value(row, "endpoint_id", UUID.class),
                value(row, "version", Long.class),
                value(row, "url", String.class),
                value(row, "active", Boolean.class),
                value(row, "failures", Integer.class),
                value(row, "secret", byte[].class),
                row.get("old_secret", byte[].class));
    }
}
