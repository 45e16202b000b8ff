package dev.abendkasse.server.live.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.live.domain.CartNews;
import dev.abendkasse.server.live.domain.CartPulse;
import dev.abendkasse.server.live.domain.LiveEvent;
import dev.abendkasse.server.live.domain.Missed;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Events for streams in the database; they are noted and numbered by the functions of R__1_live.sql. */
@Repository
public class LiveStore {

    private static final String SEATS = "SEATS";

    private static final String NUMBER = """
            select number_live_events()
            """;

    private static final String FORGET = """
            select forget_live_events(:seconds, :limit)
            """;

    /** The position and the events in one statement: they are of one moment. */
    private static final String AFTER = """
            select last_seq, forgotten, seq, topic, kind, places
              from live_position
              left join (select seq, topic, kind, places from live_event
                          where seq > :since order by seq limit :most) event on true
             order by seq
            """;

    private static final String AFTER_ON_TOPIC = """
            select last_seq, forgotten, seq, topic, kind, places
              from live_position
              left join (select seq, topic, kind, places from live_event
                          where topic = :topic and seq > :since order by seq limit :most) event on true
             order by seq
            """;

    private static final String PERFORMANCE = """
            select exists (select from performance where performance_id = :performanceId)
            """;

    private static final String GUARDED_CART = """
            select 1 from cart where cart_id = :cartId and token_hash = :tokenHash
            """;

    private static final String CART = """
            select outside_state(cart) as state, expires_at,
                   ceil(extract(epoch from expires_at - clock_timestamp()) * 1000)::bigint as millis_left
              from cart where cart_id = :cartId
            """;

    private final DatabaseClient db;

    LiveStore(DatabaseClient db) {
        this.db = db;
    }

    /** Gives numbers to what has been committed and announces it to all replicas. */
    public Mono<Void> number() {
        return db.sql(NUMBER).then();
    }

    /** Forgets up to so many events that are older than that, and says how many. */
    public Mono<Long> forget(Duration age, int limit) {
        return db.sql(FORGET)
                .bind("seconds", age.toMillis() / 1000.0)
                .bind("limit", limit)
                .mapValue(Long.class)
                .one();
    }

    /** What has happened since that position, on all topics, up to so many events. */
    public Mono<Missed> since(long position, int most) {
        return missed(db.sql(AFTER), position, most);
    }

    /** What has happened since that position on one topic. */
    public Mono<Missed> since(long position, UUID topic, int most) {
        return missed(db.sql(AFTER_ON_TOPIC).bind("topic", topic), position, most);
    }

    public Mono<Boolean> hasPerformance(UUID performanceId) {
        return db.sql(PERFORMANCE)
                .bind("performanceId", performanceId)
                .mapValue(Boolean.class)
                .one();
    }

    /** Whether there is a cart with this id and this token's hash. */
    public Mono<Boolean> hasCart(UUID cartId, byte[] tokenHash) {
        return db.sql(GUARDED_CART)
                .bind("cartId", cartId)
                .bind("tokenHash", tokenHash)
                .mapValue(Integer.class)
                .one()
                .hasElement();
    }

    /** How the cart is now; empty when there is none. */
    public Mono<CartPulse> cart(UUID cartId) {
        return db.sql(CART).bind("cartId", cartId).map(LiveStore::toPulse).one();
    }

    private static Mono<Missed> missed(DatabaseClient.GenericExecuteSpec query, long position, int most) {
        return query.bind("since", position)
                .bind("most", most)
                .map(LiveStore::toRow)
                .all()
                .collectList()
                .map(rows -> toMissed(rows, position, most));
    }

    /** @param event null in the only row when nothing has happened */
    private record Row(long last, long forgotten, @Nullable LiveEvent event) {}

    private static Row toRow(Readable row) {
        return new Row(value(row, "last_seq", Long.class), value(row, "forgotten", Long.class), toEvent(row));
    }

    private static @Nullable LiveEvent toEvent(Readable row) {
        var seq = row.get("seq", Long.class);
        if (seq == null) {
            return null;
        }
        var kind = value(row, "kind", String.class);
        return SEATS.equals(kind)
                ? new LiveEvent(
                        seq, value(row, "topic", UUID.class), null, List.of(value(row, "places", Integer[].class)))
                : new LiveEvent(seq, value(row, "topic", UUID.class), CartNews.valueOf(kind), List.of());
    }

    private static Missed toMissed(List<Row> rows, long position, int most) {
        var first = rows.getFirst();
        var events = rows.stream().map(Row::event).filter(Objects::nonNull).toList();
        return new Missed(position, first.last(), first.forgotten(), most, events);
    }

    private static CartPulse toPulse(Readable row) {
        var state = value(row, "state", String.class);
        return new CartPulse(
                state.equals("OPEN") ? null : CartNews.valueOf(state),
                value(row, "expires_at", Instant.class),
                Duration.ofMillis(Math.max(0, value(row, "millis_left", Long.class))));
    }
}
