package dev.abendkasse.server.testing;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * A performance on sale, made straight in the database: rows of ten seats {@code r1-1} … in category {@code a}, and places
 * of general admission in category {@code ga}; price types {@code full} (50.00) and {@code reduced} (30.00); in {@code free}
 * everything costs nothing.
 */
public final class Hall {

    private static final String EVENT = """
            insert into event (title) values ('Faust') returning event_id
            """;

    private static final String PERFORMANCE = """
            insert into performance (event_id, hall, starts_at, time_zone, sales_start, sales_end, currency)
            values (:event, 'Studio', clock_timestamp() + interval '30 days', 'Europe/Berlin',
                    clock_timestamp() - interval '1 day', clock_timestamp() + interval '29 days', 'EUR')
            returning performance_id
            """;

    private static final String CATEGORIES = """
            insert into performance_category (performance_id, ordinal, category, name, capacity)
            values (:performance, 1, 'a', 'A', null), (:performance, 2, 'ga', 'Stehplatz', 1000),
                   (:performance, 3, 'free', 'Freikarte', 1000)
            """;

    private static final String PRICES = """
            insert into price (performance_id, category, ordinal, price_type, name, amount)
            values (:performance, 'a', 1, 'full', 'Normal', 5000), (:performance, 'a', 2, 'reduced', 'Ermäßigt', 3000),
                   (:performance, 'ga', 1, 'full', 'Normal', 5000), (:performance, 'ga', 2, 'reduced', 'Ermäßigt', 3000),
                   (:performance, 'free', 1, 'full', 'Frei', 0)
            """;

    private static final String SEATS = """
            insert into place (performance_id, place_no, category, seat_id, section, row_label, seat_number, x, y,
                               row_index, row_position, rank)
            select :performance, n, 'a', 'r' || n / 10 + 1 || '-' || n % 10 + 1, 'Parkett', (n / 10 + 1)::text,
                   (n % 10 + 1)::text, n % 10, n / 10, n / 10, n % 10, n
              from generate_series(0, :seats - 1) n
            """;

    private static final String STANDING = """
            insert into place (performance_id, place_no, category, rank)
            select :performance, 100000 + n, 'ga', n from generate_series(0, :places - 1) n
            union all
            select :performance, 200000 + n, 'free', n from generate_series(0, :places - 1) n
            """;

    private Hall() {}

    /** @return the performance */
    public static Mono<UUID> open(DatabaseClient db, int seats, int standing) {
        return db.sql(EVENT)
                .mapValue(UUID.class)
                .one()
                .flatMap(event -> db.sql(PERFORMANCE)
                        .bind("event", event)
                        .mapValue(UUID.class)
                        .one())
                .flatMap(performance -> fill(db, performance, seats, standing).thenReturn(performance));
    }

    private static Mono<Void> fill(DatabaseClient db, UUID performance, int seats, int standing) {
        return db.sql(CATEGORIES)
                .bind("performance", performance)
                .then()
                .then(db.sql(PRICES).bind("performance", performance).then())
                .then(db.sql(SEATS)
                        .bind("performance", performance)
                        .bind("seats", seats)
                        .then())
                .then(db.sql(STANDING)
                        .bind("performance", performance)
                        .bind("places", standing)
                        .then());
    }
}
