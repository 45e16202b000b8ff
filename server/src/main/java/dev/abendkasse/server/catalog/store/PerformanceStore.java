package dev.abendkasse.server.catalog.store;

import dev.abendkasse.server.catalog.PerformanceDraft;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes performances with their categories, prices and places. Every method is a step of a transaction. */
@Repository
public class PerformanceStore {

    private static final String INSERT = """
            insert into performance (event_id, seating_plan_id, hall, starts_at, time_zone, sales_start, sales_end, currency)
            select event_id, :planId, :hall, :startsAt, :timeZone, :salesStart, :salesEnd, :currency
              from event
             where event_id = :eventId
            returning performance_id
            """;

    private static final String UPDATE = """
            update performance
               set seating_plan_id = :planId, hall = :hall, starts_at = :startsAt, time_zone = :timeZone,
                   sales_start = :salesStart, sales_end = :salesEnd, version = version + 1
             where performance_id = :performanceId
            """;

    private static final String LOCK_DESK_ORDERS = """
            select lock_desk_orders(:performanceId)
            """;

    private static final String HOLD_DESK_ORDERS = """
            select hold_desk_orders(:performanceId)
            """;

    /** Where the places stay, names and colours may still change. */
    private static final String PUT_CATEGORIES = """
            insert into performance_category (performance_id, ordinal, category, name, color, capacity)
            select :performanceId, ordinal, category, name, color, null
              from plan_category
             where seating_plan_id = :planId
            union all
            select :performanceId, 1000 + ordinality, c.value ->> 'category', c.value ->> 'name', c.value ->> 'color',
                   (c.value ->> 'capacity')::integer
              from jsonb_array_elements(:draft -> 'generalAdmission') with ordinality c
            on conflict (performance_id, category) do update
               set ordinal = excluded.ordinal, name = excluded.name, color = excluded.color
            """;

    private static final String DELETE_PRICES = """
            delete from price where performance_id = :performanceId
            """;

    private static final String INSERT_PRICES = """
            insert into price (performance_id, category, ordinal, price_type, name, amount)
            select :performanceId, c.value ->> 'category', p.ordinality, p.value ->> 'priceType', p.value ->> 'name',
                   (p.value ->> 'amount')::bigint
              from jsonb_array_elements((:draft -> 'seatedCategories') || (:draft -> 'generalAdmission')) c,
                   jsonb_array_elements(c.value -> 'priceTypes') with ordinality p
            """;

    private static final String INSERT_SEATS = """
            insert into place (performance_id, place_no, category, seat_id, section, row_label, seat_number, x, y,
                               row_index, row_position, rank)
            select :performanceId, place_no, category, seat_id, section, row_label, seat_number, x, y,
                   row_index, row_position, rank
              from plan_seat
             where seating_plan_id = :planId
            """;

    /** Numbered after the seats; the order is the rank. */
    private static final String INSERT_STANDING = """
            insert into place (performance_id, place_no, category, rank)
            select :performanceId, first.place_no + number, category, number - 1
              from (select coalesce(max(place_no), 0) as place_no from place where performance_id = :performanceId) first,
                   (select category, row_number() over (order by ordinal, n) as number
                      from performance_category, generate_series(1, capacity) n
                     where performance_id = :performanceId and capacity is not null) standing
            """;

    /** What was ever held stays; whoever is just taking a place lets this wait. */
    private static final String DELETE_UNUSED_PLACES = """
            with unused as (
                select place_no from place
                 where performance_id = :performanceId and fence = 0
                 order by place_no
                   for update
            )
            delete from place using unused
             where place.performance_id = :performanceId and place.place_no = unused.place_no
            """;

    private static final String HAS_PLACES = """
            select exists (select from place where performance_id = :performanceId)
            """;

    private static final String DELETE_CATEGORIES = """
            delete from performance_category where performance_id = :performanceId
            """;

    private final DatabaseClient db;
    private final JsonMapper json;

    PerformanceStore(DatabaseClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** The new performance, still without places; empty when there is no such event. */
    public Mono<UUID> insert(UUID eventId, PerformanceDraft draft, String currency) {
        return bind(db.sql(INSERT), draft)
                .bind("eventId", eventId)
                .bind("currency", currency)
                .mapValue(UUID.class)
                .one();
    }

    public Mono<Void> update(UUID performanceId, PerformanceDraft draft) {
        return bind(db.sql(UPDATE), draft).bind("performanceId", performanceId).then();
    }

    /** Before the performance itself is locked: clerks lock in this order. */
    public Mono<Void> lockDeskOrders(UUID performanceId) {
        return db.sql(LOCK_DESK_ORDERS).bind("performanceId", performanceId).then();
    }

    /** Orders in clerks' hands keep their places as long as the date that the performance has now asks for. */
    public Mono<Void> holdDeskOrders(UUID performanceId) {
        return db.sql(HOLD_DESK_ORDERS).bind("performanceId", performanceId).then();
    }

    public Mono<Void> addPlaces(UUID performanceId, PerformanceDraft draft) {
        return db.sql(INSERT_SEATS)
                .bind("performanceId", performanceId)
                .bind("planId", orNull(draft.seatingPlanId()))
                .then()
                .then(db.sql(INSERT_STANDING)
                        .bind("performanceId", performanceId)
                        .then());
    }

    public Mono<Void> putCategories(UUID performanceId, PerformanceDraft draft) {
        return db.sql(PUT_CATEGORIES)
                .bind("performanceId", performanceId)
                .bind("planId", orNull(draft.seatingPlanId()))
                .bind("draft", asJson(draft))
                .then();
    }

    public Mono<Void> replacePrices(UUID performanceId, PerformanceDraft draft) {
        return db.sql(DELETE_PRICES)
                .bind("performanceId", performanceId)
                .then()
                .then(db.sql(INSERT_PRICES)
                        .bind("performanceId", performanceId)
                        .bind("draft", asJson(draft))
                        .then());
    }

    /** Removes all places, categories and prices; says false, with some of them gone, if a place was ever held. */
    public Mono<Boolean> clear(UUID performanceId) {
        return run(DELETE_UNUSED_PLACES, performanceId)
                .then(db.sql(HAS_PLACES)
                        .bind("performanceId", performanceId)
                        .mapValue(Boolean.class)
                        .one())
                .flatMap(used -> used ? Mono.just(false) : clearCategories(performanceId));
    }

    private Mono<Boolean> clearCategories(UUID performanceId) {
        return run(DELETE_PRICES, performanceId)
                .then(run(DELETE_CATEGORIES, performanceId))
                .thenReturn(true);
    }

    private Mono<Void> run(String statement, UUID performanceId) {
        return db.sql(statement).bind("performanceId", performanceId).then();
    }

    private Json asJson(PerformanceDraft draft) {
        return Json.of(json.writeValueAsBytes(draft));
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, PerformanceDraft draft) {
        return statement
                .bind("planId", orNull(draft.seatingPlanId()))
                .bind("hall", draft.hall())
                .bind("startsAt", draft.startsAt())
                .bind("timeZone", draft.timeZone())
                .bind("salesStart", draft.salesStart())
                .bind("salesEnd", draft.salesEnd());
    }

    private static Object orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : id;
    }
}
