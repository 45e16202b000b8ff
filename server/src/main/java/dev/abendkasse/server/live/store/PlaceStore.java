package dev.abendkasse.server.live.store;

import static dev.abendkasse.server.database.Columns.value;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.abendkasse.server.live.domain.PlacesNow;
import dev.abendkasse.server.live.domain.SeatNow;
import dev.abendkasse.server.live.domain.StandingNow;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What places are at this moment, as the seat map has it. */
@Repository
public class PlaceStore {

    /** Of places without seats only the number is told, so all of their category are counted. */
    private static final String NOW = """
            with asked as (
                select performance_id, category, seat_id, place_no, held_until
                  from unnest(:performances, :places) as wanted (performance_id, place_no)
                  join place using (performance_id, place_no)
            )
            select performance_id, seat_id, null as category, 0 as capacity, 0 as available,
                   case when held_until = 'infinity' then 'SOLD'
                        when held_until > clock_timestamp() then 'HELD'
                        else 'AVAILABLE' end as state
              from asked where seat_id is not null
            union all
            select performance_id, null, category, count(*)::integer,
                   (count(*) filter (where place.held_until <= clock_timestamp()))::integer, null
              from (select distinct performance_id, category from asked where seat_id is null) counted
              join place using (performance_id, category)
             group by performance_id, category
            """;

    private final DatabaseClient db;

    PlaceStore(DatabaseClient db) {
        this.db = db;
    }

    /** By performance. A performance none of whose places is known is left out. */
    public Mono<Map<UUID, PlacesNow>> now(Map<UUID, ? extends Collection<Integer>> places) {
        var performances = new ArrayList<UUID>();
        var numbers = new ArrayList<Integer>();
        places.forEach((performance, wanted) -> wanted.forEach(number -> {
            performances.add(performance);
            numbers.add(number);
        }));
        return db.sql(NOW)
                .bind("performances", performances.toArray(UUID[]::new))
                .bind("places", numbers.toArray(Integer[]::new))
                .map(PlaceStore::toRow)
                .all()
                .collect(groupingBy(Row::performance, mapping(row -> row, toList())))
                .map(PlaceStore::toPlaces);
    }

    public Mono<PlacesNow> now(UUID performance, Collection<Integer> places) {
        return now(Map.of(performance, places)).mapNotNull(now -> now.get(performance));
    }

    /** Either a seat or a category. */
    private record Row(
            UUID performance,
            @Nullable SeatNow seat,
            @Nullable StandingNow standing) {}

    private static Row toRow(Readable row) {
        var performance = value(row, "performance_id", UUID.class);
        var seat = row.get("seat_id", String.class);
        return seat == null
                ? new Row(performance, null, toStanding(row))
                : new Row(
                        performance, new SeatNow(seat, SeatNow.State.valueOf(value(row, "state", String.class))), null);
    }

    private static StandingNow toStanding(Readable row) {
        return new StandingNow(
                value(row, "category", String.class),
                value(row, "capacity", Integer.class),
                value(row, "available", Integer.class));
    }

    private static Map<UUID, PlacesNow> toPlaces(Map<UUID, List<Row>> rows) {
        var places = new HashMap<UUID, PlacesNow>();
        rows.forEach((performance, some) -> places.put(performance, toPlaces(some)));
        return places;
    }

    private static PlacesNow toPlaces(List<Row> rows) {
        var seats = new ArrayList<SeatNow>();
        var standing = new ArrayList<StandingNow>();
        for (var row : rows) {
            if (row.seat() != null) {
                seats.add(row.seat());
            }
            if (row.standing() != null) {
                standing.add(row.standing());
            }
        }
        return new PlacesNow(seats, standing);
    }
}
