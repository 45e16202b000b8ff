package dev.abendkasse.server.catalog.store;

import dev.abendkasse.server.catalog.domain.Event;
import dev.abendkasse.server.catalog.domain.EventSearch;
import dev.abendkasse.server.catalog.domain.EventSummary;
import dev.abendkasse.server.catalog.domain.Performance;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads events and performances as shops see them. */
@Repository
public class EventStore {

    private static final String SHOWING = """
            jsonb_build_object('performanceId', performance_id, 'hall', hall, 'startsAt', starts_at,
                               'timeZone', time_zone, 'state', performance.state,
                               'onSale', performance.state <> 'CANCELLED'
                                         and clock_timestamp() between sales_start and sales_end)
            """;

    private static final String SEARCH = """
            with coming as (
                select event_id, min(starts_at) as next_at, count(*) as performances
                  from performance
                 where starts_at >= :from and starts_at < :to
                 group by event_id
            )
            select jsonb_build_object(
                       'eventId', event_id, 'title', title, 'nextPerformanceAt', next_at,
                       'performanceCount', performances, 'performances', (
                           select jsonb_agg(showing order by starts_at, performance_id)
                             from (select starts_at, performance_id, %s as showing
                                     from performance
                                    where event_id = coming.event_id and starts_at >= :from and starts_at < :to
                                    order by starts_at, performance_id
                                    limit 10) first))
              from coming join event using (event_id)
             where (next_at, event_id) > (:afterStart, :afterEvent)
               and position(lower(:title) in lower(title)) > 0
             order by next_at, event_id
             limit :limit
            """.formatted(SHOWING);

    private static final String FIND_EVENT = """
            select jsonb_build_object(
                       'eventId', event_id, 'title', title, 'description', description, 'version', version,
                       'performances', coalesce((
                           select jsonb_agg(showing order by starts_at, performance_id)
                             from (select starts_at, performance_id, %s as showing
                                     from performance
                                    where event_id = :eventId
                                    order by starts_at desc, performance_id desc
                                    limit 1000) latest), '[]'))
              from event
             where event_id = :eventId
            """.formatted(SHOWING);

    private static final String FIND_PERFORMANCE = """
            select jsonb_build_object(
                       'performanceId', p.performance_id, 'eventId', event_id, 'eventTitle', title,
                       'seatingPlanId', seating_plan_id, 'hall', hall, 'startsAt', starts_at, 'timeZone', time_zone,
                       'salesStart', sales_start, 'salesEnd', sales_end, 'state', p.state, 'refundUntil', refund_until,
                       'onSale', p.state <> 'CANCELLED' and clock_timestamp() between sales_start and sales_end,
                       'currency', currency, 'version', p.version, 'categories', (
                           select jsonb_agg(jsonb_build_object(
                                      'category', category, 'name', name, 'color', color, 'seated', capacity is null,
                                      'capacity', coalesce(places, 0), 'available', coalesce(free, 0),
                                      'priceTypes', (
                                          select jsonb_agg(jsonb_build_object('priceType', price_type, 'name', price.name,
                                                                              'amount', amount) order by ordinal)
                                            from price
                                           where price.performance_id = p.performance_id
                                             and price.category = c.category))
                                  order by ordinal)
                             from performance_category c
                             left join (select category, count(*) as places,
                                               count(*) filter (where held_until <= clock_timestamp()) as free
                                          from place
                                         where performance_id = :performanceId
                                         group by category) counted using (category)
                            where c.performance_id = :performanceId))
              from performance p join event using (event_id)
             where p.performance_id = :performanceId
            """;

    private final DatabaseClient db;
    private final Functions functions;

    EventStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Flux<EventSummary> search(EventSearch search) {
        return db.sql(SEARCH)
                .bind("title", search.title())
                .bind("from", search.after().from())
                .bind("to", search.to())
                .bind("afterStart", search.after().startsAt())
                .bind("afterEvent", search.after().eventId())
                .bind("limit", search.limit())
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, EventSummary.class));
    }

    public Mono<Event> findEvent(UUID eventId) {
        return db.sql(FIND_EVENT)
                .bind("eventId", eventId)
                .mapValue(Json.class)
                .one()
                .map(event -> functions.parse(event, Event.class));
    }

    public Mono<Performance> findPerformance(UUID performanceId) {
        return db.sql(FIND_PERFORMANCE)
                .bind("performanceId", performanceId)
                .mapValue(Json.class)
                .one()
                .map(performance -> functions.parse(performance, Performance.class));
    }
}
