package dev.abendkasse.server.catalog.store;

import dev.abendkasse.server.catalog.domain.SeatMap;
import dev.abendkasse.server.catalog.domain.SeatMap.Place;
import dev.abendkasse.server.catalog.domain.SeatMap.Seat;
import dev.abendkasse.server.catalog.domain.SeatMap.Standing;
import dev.abendkasse.server.catalog.domain.SeatMap.State;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads seat maps: the hot path of every shop. */
@Repository
public class SeatMapStore {

    private static final State[] STATES = State.values();

    /** Seats one by one, other places counted. Free is what the clock says, not what was swept. */
    private static final String READ = """
            select place_no, category, seat_id, section, row_label, seat_number, x, y,
                   case when held_until = 'infinity' then 2 when held_until > clock_timestamp() then 1 else 0 end as state,
                   0 as capacity, 0 as available
              from place
             where performance_id = :performanceId and seat_id is not null
            union all
            select min(place_no), category, null, null, null, null, null, null, 0,
                   count(*)::integer, (count(*) filter (where held_until <= clock_timestamp()))::integer
              from place
             where performance_id = :performanceId and seat_id is null
             group by category
             order by place_no
            """;

    private final DatabaseClient db;

    SeatMapStore(DatabaseClient db) {
        this.db = db;
    }

    /** The map; it is empty when there is no such performance. */
    public Mono<SeatMap> read(UUID performanceId) {
        return db.sql(READ)
                .bind("performanceId", performanceId)
                .map(SeatMapStore::toPlace)
                .all()
                .collectList()
                .map(SeatMapStore::toMap);
    }

    private static Place toPlace(Readable row) {
        return row.get(2) == null ? toStanding(row) : toSeat(row);
    }

    private static Seat toSeat(Readable row) {
        return new Seat(
                text(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 1),
                Objects.requireNonNull(row.get(6, Double.class)),
                Objects.requireNonNull(row.get(7, Double.class)),
                STATES[number(row, 8)]);
    }

    private static Standing toStanding(Readable row) {
        return new Standing(text(row, 1), number(row, 9), number(row, 10));
    }

    private static SeatMap toMap(List<Place> places) {
        var seats = new ArrayList<Seat>(places.size());
        var standing = new ArrayList<Standing>();
        for (var place : places) {
            switch (place) {
                case Seat seat -> seats.add(seat);
                case Standing other -> standing.add(other);
            }
        }
        return new SeatMap(seats, standing);
    }

    private static String text(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static int number(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Integer.class));
    }
}
