package dev.abendkasse.server.seathistory.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.seathistory.domain.SeatAnswer;
import dev.abendkasse.server.seathistory.domain.SeatHold;
import dev.abendkasse.server.seathistory.domain.SeatQuestion;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is noted about places, whatever moves them. */
class SeatHistoryStoreTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final Functions FUNCTIONS = new Functions(DB);
    private static final SeatHistoryStore HISTORY = new SeatHistoryStore(DB, FUNCTIONS);

    @Test
    void ofManyWhoWantOneSeatAtOnceExactlyThoseWhoHadItAreNoted() {
        var performance = Awaited.of(Hall.open(DB, 10, 0));

        for (int round = 0; round < Scale.of(200); round++) {
            Awaited.last(Flux.range(0, 8).flatMap(_ -> holdAndLeave(performance), 8));
        }

        var fences =
                numbers("select fence from place_change where performance_id = '%s' and place_no = 0 order by fence"
                        .formatted(performance));
        var last = numbers(
                        "select fence from place where performance_id = '%s' and place_no = 0".formatted(performance))
                .getFirst();
        assertThat(fences).hasSize(last.intValue()).doesNotHaveDuplicates();
        assertThat(new HashSet<>(numbers("""
                select count(*) from place_change where performance_id = '%s' and place_no = 0 group by holder having holder is not null
                """.formatted(performance)))).containsExactly(1L);
    }

    @Test
    void holdOfManySeatsNotesEachOfThem() {
        var performance = Awaited.of(Hall.open(DB, 10, 0));

        Awaited.of(create(performance, UUID.randomUUID(), "r1-1", "r1-2", "r1-3"));

        assertThat(numbers("select place_no from place_change where performance_id = '%s' order by 1"
                        .formatted(performance)))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void longerHoldIsNoChangeOfHolderButMovesItsEnd() {
        var performance = Awaited.of(Hall.open(DB, 10, 0));
        var cart = UUID.randomUUID();
        Awaited.of(create(performance, cart, "r1-1"));

        moveEnd(cart, "1 hour");

        assertThat(holds(performance))
                .singleElement()
                .satisfies(hold -> assertThat(hold.until()).isAfter(hold.from().plus(Duration.ofMinutes(55))));
    }

    @Test
    void whoeverHasASeatAgainAfterTheirTimeHadPassedIsNotedAgain() {
        var performance = Awaited.of(Hall.open(DB, 10, 0));
        var cart = UUID.randomUUID();
        Awaited.of(create(performance, cart, "r1-1"));
        moveEnd(cart, "-1 second");

        moveEnd(cart, "1 hour");

        assertThat(holds(performance))
                .extracting(SeatHold::cartId, SeatHold::end)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(cart, null),
                        org.assertj.core.groups.Tuple.tuple(cart, SeatHold.End.EXPIRED));
    }

    @Test
    void seatsOfPerformancesThatAreLongOverAreForgotten() {
        var over = Awaited.of(Hall.open(DB, 10, 0));
        var recent = Awaited.of(Hall.open(DB, 10, 0));
        for (var performance : List.of(over, recent)) {
            Awaited.of(create(performance, UUID.randomUUID(), "r1-1", "r1-2"));
        }
        starts(over, "91 days");
        starts(recent, "89 days");

        assertThat(Awaited.of(HISTORY.forget(Duration.ofDays(90), 1))).isEqualTo(1);
        assertThat(Awaited.of(HISTORY.forget(Duration.ofDays(90), 10))).isEqualTo(1);
        assertThat(Awaited.of(HISTORY.forget(Duration.ofDays(90), 10))).isZero();

        assertThat(holds(over)).isEmpty();
        assertThat(holds(recent)).hasSize(1);
    }

    private static Mono<Void> holdAndLeave(UUID performance) {
        var cart = UUID.randomUUID();
        return create(performance, cart, "r1-1")
                .then(FUNCTIONS.call("abandon_cart", Map.of("cartId", cart, "tokenHash", UnpaidOrder.TOKEN_HASH)))
                .then();
    }

    private static Mono<Void> create(UUID performance, UUID cart, String... seats) {
        return FUNCTIONS
                .call("create_cart", UnpaidOrder.cart(cart, performance, seats))
                .then();
    }

    private static void moveEnd(UUID cart, String fromNow) {
        Theatre.execute(
                DB,
                "update place set held_until = clock_timestamp() + interval '%s' where holder = '%s'"
                        .formatted(fromNow, cart));
    }

    private static void starts(UUID performance, String ago) {
        Theatre.execute(
                DB,
                "update performance set starts_at = clock_timestamp() - interval '%s', sales_start = '-infinity', "
                                .formatted(ago)
                        + "sales_end = clock_timestamp() - interval '%s' where performance_id = '%s'"
                                .formatted(ago, performance));
    }

    private static List<SeatHold> holds(UUID performance) {
        var answer = Awaited.of(HISTORY.tell(new SeatQuestion("clerk", performance, "r1-1", null, null, null, 10)));
        return ((SeatAnswer.Known) answer).holds().items();
    }

    private static List<Long> numbers(String sql) {
        return Awaited.of(DB.sql(sql)
                .map(row -> row.get(0, Number.class).longValue())
                .all()
                .collectList());
    }
}
