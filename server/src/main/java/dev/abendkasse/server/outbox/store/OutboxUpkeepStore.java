package dev.abendkasse.server.outbox.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.outbox.domain.OutboxFigures;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts what is in the outbox and forgets what has left it long ago. */
@Repository
public class OutboxUpkeepStore {

    private static final String FIGURES = """
            select kind,
                   (select count(*)
                      from (select from outbox_message
                             where state = 'WAITING' and outbox_message.kind = wanted.kind limit :bound) waiting) as waiting,
                   (select count(*)
                      from (select from outbox_message
                             where state = 'DEAD' and outbox_message.kind = wanted.kind limit :bound) dead) as dead,
                   coalesce((select greatest(0, extract(epoch from clock_timestamp() - due_at))
                               from outbox_message
                              where state = 'WAITING' and outbox_message.kind = wanted.kind
                              order by due_at limit 1), 0)::double precision as lag
              from unnest(:kinds) wanted (kind)
            """;

    private static final String FORGET = """
            delete from outbox_message
             where message_id in (select message_id
                                    from outbox_message
                                   where state in ('DONE', 'DISMISSED')
                                     and ended_at < clock_timestamp() - :keepSeconds * interval '1 second'
                                   order by ended_at
                                   limit :limit
                                     for update skip locked)
            """;

    private final DatabaseClient db;

    OutboxUpkeepStore(DatabaseClient db) {
        this.db = db;
    }

    /** @param bound where counting stops */
    public Flux<OutboxFigures> figures(String[] kinds, int bound) {
        return db.sql(FIGURES)
                .bind("kinds", kinds)
                .bind("bound", bound)
                .map(OutboxUpkeepStore::toFigures)
                .all();
    }

    /** Forgets some of what ended longer ago than this, and says how many. */
    public Mono<Long> forget(Duration keep, int limit) {
        return db.sql(FORGET)
                .bind("keepSeconds", keep.toSeconds())
                .bind("limit", limit)
                .fetch()
                .rowsUpdated();
    }

    private static OutboxFigures toFigures(Readable row) {
        return new OutboxFigures(
                value(row, "kind", String.class),
                value(row, "waiting", Long.class),
                value(row, "dead", Long.class),
                value(row, "lag", Double.class));
    }
}
