package dev.abendkasse.server.catalog.store;

import dev.abendkasse.server.catalog.domain.HallPlan;
import dev.abendkasse.server.catalog.domain.HallSummary;
import dev.abendkasse.server.catalog.plan.PlanCategory;
import dev.abendkasse.server.catalog.plan.PlanSeat;
import dev.abendkasse.server.catalog.plan.SeatingPlan;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Imported halls: seating_plan, plan_category and plan_seat. */
@Repository
public class SeatingPlanStore {

    private static final UUID LAST_ID = new UUID(-1, -1);

    private static final String INSERT_PLAN = """
            insert into seating_plan (name, width, height, seat_count)
            values (:name, :width, :height, :seatCount)
            returning seating_plan_id
            """;

    private static final String INSERT_CATEGORIES = """
            insert into plan_category (seating_plan_id, ordinal, category, name, color)
            select :planId, ordinal, category, name, color
              from unnest(:categories, :names, :colors) with ordinality as c (category, name, color, ordinal)
            """;

    private static final String INSERT_SEATS = """
            insert into plan_seat (seating_plan_id, place_no, seat_id, category, section, row_label, seat_number, x, y,
                                   row_index, row_position, rank)
            select :planId, place_no, seat_id, category, section, row_label, seat_number, x, y,
                   row_index, row_position, rank
              from unnest(:seatIds, :categories, :sections, :rows, :numbers, :xs, :ys, :rowIndexes, :positions, :ranks)
                   with ordinality
                   as s (seat_id, category, section, row_label, seat_number, x, y, row_index, row_position, rank, place_no)
            """;

    private static final String LIST = """
            select jsonb_build_object('seatingPlanId', seating_plan_id, 'name', name, 'seatCount', seat_count,
                                      'importedAt', imported_at)
              from seating_plan
             where seating_plan_id < :before
             order by seating_plan_id desc
             limit :limit
            """;

    private static final String FIND = """
            select jsonb_build_object(
                       'seatingPlanId', seating_plan_id, 'name', name, 'seatCount', seat_count,
                       'importedAt', imported_at, 'width', width, 'height', height,
                       'categories', (
                           select jsonb_agg(jsonb_build_object(
                                      'category', category, 'name', c.name, 'color', color,
                                      'seatCount', coalesce(seats, 0))
                                  order by ordinal)
                             from plan_category c
                             left join (select category, count(*) as seats
                                          from plan_seat
                                         where seating_plan_id = :planId
                                         group by category) counted using (category)
                            where c.seating_plan_id = :planId))
              from seating_plan plan
             where seating_plan_id = :planId
            """;

    private static final String CATEGORIES = """
            select category from plan_category where seating_plan_id = :planId
            """;

    private final DatabaseClient db;
    private final Functions functions;

    SeatingPlanStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /**
     * Writes a hall in three statements, to be run in one transaction.
     *
     * @param keys of the categories, by their names
     */
    public Mono<UUID> insert(SeatingPlan plan, Map<String, String> keys) {
        return insertPlan(plan)
                .flatMap(id -> insertCategories(id, plan.categories(), keys)
                        .then(insertSeats(id, plan.seats(), keys))
                        .thenReturn(id));
    }

    public Mono<HallPlan> find(UUID planId) {
        return db.sql(FIND)
                .bind("planId", planId)
                .mapValue(Json.class)
                .one()
                .map(plan -> functions.parse(plan, HallPlan.class));
    }

    /** The newest first: the ids grow with time. */
    public Flux<HallSummary> list(@Nullable UUID before, int limit) {
        return db.sql(LIST)
                .bind("before", before == null ? LAST_ID : before)
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(plan -> functions.parse(plan, HallSummary.class));
    }

    /** The keys of a plan's categories; none when there is no such plan. */
    public Flux<String> categories(UUID planId) {
        return db.sql(CATEGORIES).bind("planId", planId).mapValue(String.class).all();
    }

    private Mono<UUID> insertPlan(SeatingPlan plan) {
        return db.sql(INSERT_PLAN)
                .bind("name", plan.name())
                .bind("width", orNull(plan.width()))
                .bind("height", orNull(plan.height()))
                .bind("seatCount", plan.seats().size())
                .mapValue(UUID.class)
                .one();
    }

    private Mono<Void> insertCategories(UUID planId, List<PlanCategory> categories, Map<String, String> keys) {
        return db.sql(INSERT_CATEGORIES)
                .bind("planId", planId)
                .bind("categories", texts(categories, category -> keys.get(category.name())))
                .bind("names", texts(categories, PlanCategory::name))
                .bind("colors", texts(categories, PlanCategory::color))
                .then();
    }

    private Mono<Void> insertSeats(UUID planId, List<PlanSeat> seats, Map<String, String> keys) {
        return db.sql(INSERT_SEATS)
                .bind("planId", planId)
                .bind("seatIds", texts(seats, PlanSeat::seatId))
                .bind("categories", texts(seats, seat -> keys.get(seat.category())))
                .bind("sections", texts(seats, PlanSeat::section))
                .bind("rows", texts(seats, PlanSeat::row))
                .bind("numbers", texts(seats, PlanSeat::number))
                .bind("xs", numbers(seats, PlanSeat::x, Double[]::new))
                .bind("ys", numbers(seats, PlanSeat::y, Double[]::new))
                .bind("rowIndexes", numbers(seats, PlanSeat::rowIndex, Integer[]::new))
                .bind("positions", numbers(seats, PlanSeat::place, Integer[]::new))
                .bind("ranks", numbers(seats, PlanSeat::rank, Integer[]::new))
                .then();
    }

    private static Object orNull(@Nullable Double number) {
        return number == null ? Parameters.in(Double.class) : number;
    }

    private static <T> @Nullable String[] texts(List<T> things, Function<T, @Nullable String> text) {
        var texts = new @Nullable String[things.size()];
        IntStream.range(0, texts.length).forEach(i -> texts[i] = text.apply(things.get(i)));
        return texts;
    }

    private static <T, N> N[] numbers(List<T> things, Function<T, N> number, IntFunction<N[]> array) {
        return things.stream().map(number).toArray(array);
    }
}
