package dev.abendkasse.server.outbox.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.outbox.OutboxMessage;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages in the database; posting and claiming are functions of R__1_outbox.sql. */
@Repository
public class OutboxStore {

    /** What is due and cannot be claimed is with somebody else. */
    private static final long LEAST_WAIT_MILLIS = 100;

    private static final String POST = """
            select post_message(:kind, :key, :payload)
            """;

    private static final String DROP = """
            select drop_message(:kind, :key)
            """;

    private static final String ANNOUNCE = """
            select announce_messages(:kinds)
            """;

    private static final String CLAIM = """
            select message_id, kind, key, payload, tries, fence, created_at
              from claim_messages(:kind, :limit, :retrySeconds)
            """;

    private static final String DONE = """
            update outbox_message set state = 'DONE', ended_at = clock_timestamp(), last_error = null
             where message_id = :id and fence = :fence
            """;

    private static final String FAILED = """
            update outbox_message
               set last_error = :error, due_at = greatest(due_at, clock_timestamp() + :waitSeconds * interval '1 second'),
                   state = case when :dead then 'DEAD' else state end,
                   ended_at = case when :dead then clock_timestamp() end
             where message_id = :id and fence = :fence
            """;

    private static final String POSTPONE = """
            update outbox_message
               set tries = tries - 1, due_at = clock_timestamp() + :waitSeconds * interval '1 second'
             where message_id = :id and fence = :fence
            """;

    private static final String UNTIL_NEXT_DUE = """
            select extract(epoch from due_at - clock_timestamp())::double precision as seconds
              from outbox_message
             where state = 'WAITING' and kind = :kind
             order by due_at
             limit 1
            """;

    private final DatabaseClient db;
    private final JsonMapper json;

    OutboxStore(DatabaseClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    public Mono<Void> post(String kind, String key, Object payload) {
        return db.sql(POST)
                .bind("kind", kind)
                .bind("key", key)
                .bind("payload", Json.of(json.writeValueAsBytes(payload)))
                .then();
    }

    public Mono<Void> drop(String kind, String key) {
        return db.sql(DROP).bind("kind", kind).bind("key", key).then();
    }

    public Mono<Void> announce(String[] kinds) {
        return db.sql(ANNOUNCE).bind("kinds", kinds).then();
    }

    public Flux<OutboxMessage> claim(String kind, int limit, Duration retry) {
        return db.sql(CLAIM)
                .bind("kind", kind)
                .bind("limit", limit)
                .bind("retrySeconds", seconds(retry))
                .map(this::toMessage)
                .all();
    }

    public Mono<Void> done(OutboxMessage message) {
        return db.sql(DONE)
                .bind("id", message.id())
                .bind("fence", message.fence())
                .then();
    }

    /**
     * @param error for staff; without secrets and personal data
     * @param wait not tried again before
     */
    public Mono<Void> failed(OutboxMessage message, String error, boolean dead, Duration wait) {
        return db.sql(FAILED)
                .bind("id", message.id())
                .bind("fence", message.fence())
                .bind("error", error)
                .bind("dead", dead)
                .bind("waitSeconds", seconds(wait))
                .then();
    }

    /** Gives a try back that was not made. */
    public Mono<Void> postpone(OutboxMessage message, Duration wait) {
        return db.sql(POSTPONE)
                .bind("id", message.id())
                .bind("fence", message.fence())
                .bind("waitSeconds", seconds(wait))
                .then();
    }

    /** Empty when nothing of this kind waits. */
    public Mono<Duration> untilNextDue(String kind) {
        return db.sql(UNTIL_NEXT_DUE)
                .bind("kind", kind)
                .map(row -> Duration.ofMillis(Math.max(
                        LEAST_WAIT_MILLIS, (long) Math.ceil(value(row, "seconds", Double.class) * 1000))))
                .one();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private OutboxMessage toMessage(Readable row) {
        return new OutboxMessage(
                value(row, "message_id", UUID.class),
                value(row, "kind", String.class),
                value(row, "key", String.class),
                json.readValue(value(row, "payload", Json.class).asArray(), JsonNode.class),
                value(row, "tries", Integer.class),
                value(row, "fence", Long.class),
                value(row, "created_at", Instant.class));
    }
}
