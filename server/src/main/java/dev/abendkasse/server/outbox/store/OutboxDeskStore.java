package dev.abendkasse.server.outbox.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.outbox.domain.OutboxEntry;
import dev.abendkasse.server.outbox.domain.OutboxSearch;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What staff see of the outbox and can do with it. */
@Repository
public class OutboxDeskStore {

    private static final Instant START = Instant.parse("0001-01-01T00:00:00Z");
    private static final UUID FIRST = new UUID(0, 0);

    private static final String VIEW = """
            jsonb_strip_nulls(jsonb_build_object(
                'messageId', message_id, 'kind', kind, 'key', key, 'state', state, 'tries', tries, 'lastError', last_error,
                'dueAt', case when state = 'WAITING' then due_at end, 'createdAt', created_at, 'endedAt', ended_at,
                'dismissedBy', dismissed_by, 'dismissalNote', dismissal_note))
            """;

    private static final String FIND = "select " + VIEW + """
              from outbox_message
             where message_id = :id
            """;

    /** The state stands in the statement itself, because the indexes are for one state each. */
    private static final String LIST = "select " + VIEW + """
              from outbox_message
             where state = '%s' and (created_at, message_id) > (:at, :id) and (:kind::text is null or kind = :kind)
             order by created_at, message_id
             limit :limit
            """;

    /** A new fence: a try that is still under way must not end the new ones. */
    private static final String RETRY = """
            update outbox_message
               set state = 'WAITING', due_at = clock_timestamp(), ended_at = null, tries = 0, fence = fence + 1,
                   dismissed_by = null, dismissal_note = null
             where message_id = :id and state in ('DEAD', 'DISMISSED')
            returning
            """ + VIEW;

    private static final String DISMISS = """
            update outbox_message
               set state = 'DISMISSED', ended_at = clock_timestamp(), dismissed_by = :by, dismissal_note = :note
             where message_id = :id and state = 'DEAD'
            returning
            """ + VIEW;

    private final DatabaseClient db;
    private final Functions functions;

    OutboxDeskStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<OutboxEntry> find(UUID message) {
        return one(db.sql(FIND).bind("id", message));
    }

    /** The oldest first. */
    public Flux<OutboxEntry> list(OutboxSearch search, int limit) {
        var after = search.after();
        return db.sql(LIST.formatted(search.state().name()))
                .bind("at", after == null ? START : after.at())
                .bind("id", after == null ? FIRST : after.id())
                .bind("kind", search.kind() == null ? Parameters.in(String.class) : search.kind())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(this::toEntry);
    }

    /** Empty unless it was given to people. */
    public Mono<OutboxEntry> retry(UUID message) {
        return one(db.sql(RETRY).bind("id", message));
    }

    /** Empty unless it is with people. */
    public Mono<OutboxEntry> dismiss(UUID message, String by, String note) {
        return one(db.sql(DISMISS).bind("id", message).bind("by", by).bind("note", note));
    }

    private Mono<OutboxEntry> one(DatabaseClient.GenericExecuteSpec statement) {
        return statement.mapValue(Json.class).one().map(this::toEntry);
    }

    private OutboxEntry toEntry(Json found) {
        return functions.parse(found, OutboxEntry.class);
    }
}
