package dev.abendkasse.server.live.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.live.domain.LiveEvent;
import dev.abendkasse.server.live.domain.Missed;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How events are noted, numbered and forgotten. */
class LiveStoreTests {

    private static final int ALL = 1_000_000;
    private static final int WRITERS = 6;

    private final TestDatabase database = TestDatabase.fresh();
    private final DatabaseClient db = database.client();
    private final LiveStore store = new LiveStore(db);

    @Test
    void s5EventsAreNumberedInTheOrderInWhichTheyCanBeSeen() {
        var noted = Sinks.<Void>empty();
        var mayCommit = Sinks.<Void>empty();
        var early = UUID.randomUUID();
        var late = UUID.randomUUID();
        var slow = note(early)
                .doOnSuccess(_ -> noted.tryEmitEmpty())
                .then(mayCommit.asMono())
                .as(database.transaction()::transactional)
                .toFuture();
        Awaited.of(noted.asMono());

        Awaited.of(note(late).then(store.number()));
        assertThat(since(0).events()).extracting(LiveEvent::topic).containsExactly(late);
        assertThat(since(0).upTo()).isEqualTo(1);

        mayCommit.tryEmitEmpty();
        slow.join();
        Awaited.of(store.number());
        assertThat(since(1).events()).extracting(LiveEvent::topic).containsExactly(early);
    }

    @Test
    void s5ReaderThatGoesByNumbersMissesNothingWhoeverCommitsWhen() {
        var topics = Awaited.of(
                Flux.range(0, Scale.of(3000)).map(_ -> UUID.randomUUID()).collectList());
        var done = Sinks.<Void>empty();
        var numbering = Flux.merge(numberAgainAndAgain(done), numberAgainAndAgain(done))
                .then()
                .toFuture();
        var reading = readUntil(topics.size());
        Awaited.last(Flux.fromIterable(topics)
                .flatMap(topic -> note(topic).then(pause()).as(database.transaction()::transactional), WRITERS));

        var read = reading.join();
        done.tryEmitEmpty();
        numbering.join();

        assertThat(read).extracting(LiveEvent::topic).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(read)
                .extracting(LiveEvent::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, topics.size()).boxed().toList());
    }

    private Mono<Void> numberAgainAndAgain(Sinks.Empty<Void> done) {
        return Mono.defer(store::number).repeat().takeUntilOther(done.asMono()).then();
    }

    /** As every replica does it. */
    private java.util.concurrent.CompletableFuture<List<LiveEvent>> readUntil(int count) {
        var read = new ArrayList<LiveEvent>();
        var position = new long[1];
        return Mono.defer(() -> store.since(position[0], 50))
                .doOnNext(missed -> read.addAll(missed.events()))
                .doOnNext(missed -> position[0] = missed.upTo())
                .repeat(() -> read.size() < count)
                .then(Mono.fromSupplier(() -> (List<LiveEvent>) read))
                .toFuture();
    }

    private static Mono<Void> pause() {
        return Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(5)))
                .then();
    }

    @Test
    void whatWasUndoneIsNotTold() {
        Awaited.of(note(UUID.randomUUID())
                .then(Mono.error(new IllegalStateException("undone")))
                .as(database.transaction()::transactional)
                .onErrorComplete());
        Awaited.of(store.number());

        assertThat(since(0).events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-infinity, 1 hour, true",
        "-infinity, infinity, true",
        "-infinity, -infinity, false",
        "-infinity, -1 hour, false",
        "1 hour, 2 hours, false",
        "1 hour, infinity, true",
        "1 hour, -infinity, true",
        "1 hour, -1 hour, true",
        "infinity, infinity, false",
        "infinity, 1 hour, true",
        "infinity, -infinity, true",
        "-1 hour, 1 hour, true",
        "-1 hour, -infinity, true",
        "-1 hour, infinity, true",
    })
    void onlyPlacesThatLookDifferentAreNoted(String before, String after, boolean noted) {
        var performance = Awaited.of(Hall.open(db, 10, 0));
        hold(performance, before, "place_no in (2, 3)");
        var start = events().size();

        hold(performance, after, "place_no in (2, 3)");

        var events = events();
        assertThat(events).hasSize(noted ? start + 1 : start);
        if (noted) {
            assertThat(events.getLast().topic()).isEqualTo(performance);
            assertThat(events.getLast().places()).containsExactly(2, 3);
        }
    }

    @Test
    void anotherHolderAloneIsNobodysBusiness() {
        var performance = Awaited.of(Hall.open(db, 10, 0));
        hold(performance, "1 hour", "true");
        var start = events().size();

        execute("select hand_places(holder, gen_random_uuid(), held_until + interval '1 hour') from place limit 1");
        execute("select hand_places(holder, gen_random_uuid(), held_until) from place limit 1");

        assertThat(events()).hasSize(start);
    }

    @Test
    void statementThatChangesTwoPerformancesIsNotedForEach() {
        var one = Awaited.of(Hall.open(db, 10, 0));
        var other = Awaited.of(Hall.open(db, 10, 0));

        execute("update place set held_until = 'infinity' where place_no = 5");

        assertThat(events()).extracting(LiveEvent::topic).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void forgottenEventsLeaveAMark() {
        execute("select note_carts(array(select gen_random_uuid() from generate_series(1, 10)), 'CLOSED')");
        Awaited.of(store.number());
        execute("update live_event set created_at = created_at - interval '2 hours' where seq <= 7");

        assertThat(Awaited.of(store.forget(Duration.ofHours(1), 5))).isEqualTo(5);
        assertThat(Awaited.of(store.forget(Duration.ofHours(1), 5))).isEqualTo(2);
        assertThat(Awaited.of(store.forget(Duration.ofHours(1), 5))).isZero();

        assertThat(since(7).isUnknown()).isFalse();
        assertThat(since(7).events()).hasSize(3);
        assertThat(since(6).isUnknown()).isTrue();
        assertThat(since(11).isUnknown()).isTrue();
        assertThat(since(10).isUnknown()).isFalse();
        execute("select note_carts(array[gen_random_uuid()], 'CLOSED')");
        Awaited.of(store.number());
        assertThat(since(10).events()).extracting(LiveEvent::seq).containsExactly(11L);
    }

    private List<LiveEvent> events() {
        Awaited.of(store.number());
        return since(0).events();
    }

    private Missed since(long position) {
        return Awaited.of(store.since(position, ALL));
    }

    private Mono<Void> note(UUID topic) {
        return db.sql("select note_carts(array[:topic]::uuid[], 'CLOSED')")
                .bind("topic", topic)
                .then();
    }

    /** @param until as an instant, or from now on */
    private void hold(UUID performance, String until, String which) {
        var instant = until.endsWith("infinity")
                ? "'" + until + "'::timestamptz"
                : "clock_timestamp() + interval '" + until + "'";
        execute("update place set holder = gen_random_uuid(), held_until = " + instant + " where performance_id = '"
                + performance + "' and " + which);
    }

    private void execute(String sql) {
        Awaited.of(db.sql(sql).then());
    }
}
