package dev.abendkasse.server.catalog.store;

import dev.abendkasse.server.catalog.domain.PerformanceState;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Writes events, and looks at what a change to the programme must know. */
@Repository
public class ProgrammeStore {

    private static final String NOW = """
            select clock_timestamp()
            """;

    private static final String HAS_EVENTS = """
            select exists (select from event)
            """;

    private static final String EVENT_EXISTS = """
            select exists (select from event where event_id = :eventId)
            """;

    private static final String INSERT_EVENT = """
            insert into event (title, description) values (:title, :description) returning event_id
            """;

    private static final String UPDATE_EVENT = """
            update event
               set title = :title, description = :description, version = version + 1
             where event_id = :eventId and version = :version
            returning event_id
            """;

    private static final String LOCK_PERFORMANCE = """
            select jsonb_build_object(
                       'version', version, 'startsAt', starts_at, 'seatingPlanId', seating_plan_id,
                       'capacities', (select coalesce(jsonb_object_agg(category, capacity), '{}')
                                        from performance_category c
                                       where c.performance_id = p.performance_id and capacity is not null))
              from performance p
             where performance_id = :performanceId
               for update
            """;

    private final DatabaseClient db;
    private final Functions functions;

    ProgrammeStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<Instant> now() {
        return db.sql(NOW).mapValue(Instant.class).one();
    }

    public Mono<Boolean> hasEvents() {
        return db.sql(HAS_EVENTS).mapValue(Boolean.class).one();
    }

    public Mono<Boolean> eventExists(UUID eventId) {
        return db.sql(EVENT_EXISTS)
                .bind("eventId", eventId)
                .mapValue(Boolean.class)
                .one();
    }

    public Mono<UUID> insertEvent(String title, String description) {
        return db.sql(INSERT_EVENT)
                .bind("title", title)
                .bind("description", description)
                .mapValue(UUID.class)
                .one();
    }

    /** The event's id, or empty when it is not at this version. */
    public Mono<UUID> updateEvent(UUID eventId, long version, String title, String description) {
        return db.sql(UPDATE_EVENT)
                .bind("eventId", eventId)
                .bind("version", version)
                .bind("title", title)
                .bind("description", description)
                .mapValue(UUID.class)
                .one();
    }

    /** Locks a performance against other changes to it, not against sales. */
    public Mono<PerformanceState> lockPerformance(UUID performanceId) {
        return db.sql(LOCK_PERFORMANCE)
                .bind("performanceId", performanceId)
                .mapValue(Json.class)
                .one()
                .map(state -> functions.parse(state, PerformanceState.class));
    }
}
