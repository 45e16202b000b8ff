package dev.abendkasse.server.cases.store;

import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseSearch;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** The queue of cases. */
@Repository
public class CaseQueueStore {

    private static final Instant START = Instant.parse("0001-01-01T00:00:00Z");

    private static final String LIST = """
            select case_summary(case_file, orders)
              from case_file
              left join orders on orders.order_id = case_file.order_id
             where (case_file.created_at, case_number) > (:at, :number)
               and (:kind::text is null or kind = :kind)
               and (:state::text is null or case_state(case_file, orders) = :state)
               and (:attention::text is null or attention = :attention)
               and (:assignee::text is null or assignee = :assignee)
               and (:assigned::boolean is null or (assignee is not null) = :assigned)
               and (:openedBefore::timestamptz is null or case_file.created_at < :openedBefore)
               and (:incident::uuid is null or incident_id = :incident)
               %s
             order by case_file.created_at, case_number
             limit :limit
            """;

    private static final String LIST_ALL = LIST.formatted("");

    /** Says outright what the index of the queue needs to hear. */
    private static final String LIST_QUEUE = LIST.formatted("and case_file.state in ('OPEN', 'WAITING_FOR_CUSTOMER')");

    private final DatabaseClient db;
    private final Functions functions;

    CaseQueueStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** The oldest first. */
    public Flux<CaseFile> list(CaseSearch search, int limit) {
        var after = search.after();
        var state = search.state();
        return db.sql(state != null && state.isOpen() ? LIST_QUEUE : LIST_ALL)
                .bind("at", after == null ? START : after.at())
                .bind("number", after == null ? "" : after.id().value())
                .bind("kind", orNull(search.kind()))
                .bind("state", orNull(state))
                .bind("attention", orNull(search.attention()))
                .bind("assignee", orNull(search.assignee(), String.class))
                .bind("assigned", orNull(search.assigned(), Boolean.class))
                .bind("openedBefore", orNull(search.openedBefore(), Instant.class))
                .bind("incident", orNull(search.incidentId(), UUID.class))
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, CaseFile.class));
    }

    private static Object orNull(@Nullable Enum<?> value) {
        return orNull(value == null ? null : value.name(), String.class);
    }

    private static <T> Object orNull(@Nullable T value, Class<T> type) {
        return value == null ? Parameters.in(type) : value;
    }
}
