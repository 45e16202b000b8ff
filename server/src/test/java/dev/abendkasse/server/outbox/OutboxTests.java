package dev.abendkasse.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What leaves, how often, and what becomes of what cannot. */
class OutboxTests {

    private static final String KIND = "LETTER";

    private final TestDatabase database = TestDatabase.fresh();
    private final DatabaseClient db = database.client();
    private final OutboxFixture replica = new OutboxFixture(db);

    @Test
    void d2WhatIsPostedInATransactionThatRollsBackNeverLeaves() {
        var post = replica.outbox().post(KIND, "1", Map.of());
        var postman = Postman.of(KIND);

        post.then(Mono.error(new IllegalStateException("after posting")))
                .as(database.transaction()::transactional)
                .as(StepVerifier::create)
                .verifyErrorMessage("after posting");
        Awaited.of(replica.send(postman));
        assertThat(postman.given()).isEmpty();

        Awaited.of(post.as(database.transaction()::transactional));
        Awaited.of(replica.send(postman));
        assertThat(postman.keys()).containsExactly("1");
    }

    @Test
    void d2WhatWasPostedAgainUnderItsKeyLeavesOnce() {
        var postman = Postman.of(KIND);
        replica.post(KIND, "1");
        replica.post(KIND, "1");

        Awaited.of(replica.send(postman));
        replica.post(KIND, "1");
        Awaited.of(replica.send(postman));

        assertThat(postman.given()).singleElement().satisfies(message -> {
            assertThat(message.tries()).isOne();
            assertThat(message.payload().get("text").asString()).isEqualTo("hello");
        });
    }

    @Test
    void p11ReplicasShareTheWorkAndSendNothingTwice() {
        var keys =
                IntStream.range(0, Scale.of(2000)).mapToObj(Integer::toString).toList();
        Awaited.last(Flux.fromIterable(keys).flatMap(key -> replica.outbox().post(KIND, key, Map.of())));
        var postmen = Awaited.of(Flux.range(0, 4).map(_ -> Postman.of(KIND)).collectList());

        Awaited.last(Flux.fromIterable(postmen).flatMap(postman -> new OutboxFixture(db).send(postman)));

        assertThat(postmen.stream().flatMap(postman -> postman.keys().stream()))
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(replica.waiting(KIND)).isZero();
    }

    @Test
    void p4WhatAReplicaHadTakenOnWhenItCrashedIsSentByAnother() {
        replica.post(KIND, "1");
        var crashing = new Postman(KIND, _ -> Mono.never());
        StepVerifier.create(replica.send(crashing))
                .expectSubscription()
                .thenAwait(Duration.ofMillis(200))
                .thenCancel()
                .verify();
        assertThat(crashing.keys()).containsExactly("1");
        var other = new OutboxFixture(db);
        var postman = Postman.of(KIND);

        Awaited.of(other.send(postman));
        assertThat(postman.given())
                .as("it may still be with whoever has taken it on")
                .isEmpty();

        replica.letTimePass();
        Awaited.of(other.send(postman));
        assertThat(postman.given())
                .singleElement()
                .satisfies(message -> assertThat(message.id())
                        .isEqualTo(crashing.given().getFirst().id()));
    }

    @Test
    void waitDoublesWithEveryFailure() {
        replica.post(KIND, "1");
        var failing = Postman.failing(KIND, new IllegalStateException("down"));

        for (var seconds : List.of(30, 60, 120, 240)) {
            Awaited.of(replica.send(failing));
            assertThat(secondsUntilNextTry()).isCloseTo(seconds, within(10.0));
            Awaited.of(replica.send(failing));
            replica.letTimePass();
        }

        assertThat(failing.given()).as("no try before its time").hasSize(4);
    }

    @Test
    void waitIsNeverLongerThanAnHour() {
        replica.post(KIND, "1");
        run("update outbox_message set tries = 1000000 - 1");

        run("select claim_messages('LETTER', 1, 30)");

        assertThat(secondsUntilNextTry()).isCloseTo(3600, within(10.0));
    }

    @Test
    void failureIsForgottenWhenALaterTrySucceeds() {
        replica.post(KIND, "1");
        Awaited.of(replica.send(Postman.failing(KIND, new IllegalStateException("down"))));
        assertThat(lastError()).isEqualTo("java.lang.IllegalStateException: down");

        replica.letTimePass();
        Awaited.of(replica.send(Postman.of(KIND)));

        assertThat(lastError()).isEqualTo("none");
        assertThat(replica.count(KIND, "DONE")).isOne();
    }

    @Test
    void messageThatFailedTooOftenIsGivenToPeopleAndTriedNoMore() {
        replica.post(KIND, "1");
        var failing = Postman.failing(KIND, new IllegalStateException("down"));

        for (int i = 0; i < OutboxFixture.PROPERTIES.maxTries() + 3; i++) {
            Awaited.of(replica.send(failing));
            replica.letTimePass();
        }

        assertThat(failing.given()).hasSize(OutboxFixture.PROPERTIES.maxTries());
        assertThat(replica.count(KIND, "DEAD")).isOne();
    }

    @Test
    void messageThatCanNeverLeaveIsGivenToPeopleAtOnce() {
        replica.post(KIND, "1");

        Awaited.of(replica.send(Postman.failing(KIND, new Undeliverable("no such mailbox"))));

        assertThat(replica.count(KIND, "DEAD")).isOne();
        assertThat(lastError()).contains("no such mailbox");
    }

    @Test
    void handlerThatThrowsIsAFailureLikeAnyOther() {
        replica.post(KIND, "1");

        Awaited.of(replica.send(new Postman(KIND, _ -> {
            throw new IllegalStateException("bug");
        })));

        assertThat(replica.waiting(KIND)).isOne();
        assertThat(lastError()).contains("bug");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersBack() {
        IntStream.range(0, 20).forEach(i -> replica.post(KIND, "" + i));
        var postman = new Postman(
                KIND, message -> message.key().equals("3") ? Mono.error(new IllegalStateException()) : Mono.empty());

        Awaited.of(replica.send(postman));

        assertThat(postman.keys()).hasSize(20);
        assertThat(replica.count(KIND, "DONE")).isEqualTo(19);
    }

    @Test
    void oneThatHangsIsGivenUpAndTriedAgain() {
        var impatient = new OutboxFixture(
                db,
                new OutboxProperties(
                        Duration.ofMillis(200), 5, Duration.ofHours(1), Duration.ofMillis(20), Duration.ofDays(90)));
        replica.post(KIND, "1");
        replica.post(KIND, "2");

        Awaited.of(
                impatient.send(new Postman(KIND, message -> message.key().equals("1") ? Mono.never() : Mono.empty())));

        assertThat(replica.count(KIND, "DONE")).isOne();
        replica.letTimePass();
        var postman = Postman.of(KIND);
        Awaited.of(replica.send(postman));
        assertThat(postman.keys()).containsExactly("1");
    }

    @Test
    void tryOfAnOldPostingCannotEndANewerOne() {
        replica.post(KIND, "1");
        var repost = db.sql("select repost_message('LETTER', '1', '{\"text\": \"again\"}')")
                .then();
        var postman = new Postman(
                KIND, message -> message.payload().get("text").asString().equals("hello") ? repost : Mono.empty());

        Awaited.of(replica.send(postman));
        assertThat(replica.waiting(KIND)).isOne();

        Awaited.of(replica.send(postman));
        assertThat(postman.given()).extracting(OutboxMessage::tries).containsExactly(1, 1);
        assertThat(replica.count(KIND, "DONE")).isOne();
    }

    @Test
    void failureOfAnOldPostingIsNotNotedOnANewerOne() {
        replica.post(KIND, "1");
        var repost = db.sql("select repost_message('LETTER', '1', '{}')").then();

        Awaited.of(replica.send(new Postman(KIND, _ -> repost.then(Mono.error(new Undeliverable("the old one"))))));

        assertThat(replica.waiting(KIND)).isOne();
        assertThat(lastError()).isEqualTo("none");
    }

    @Test
    void whatWasDoneByOtherMeansDoesNotLeave() {
        replica.post(KIND, "1");
        Awaited.of(replica.outbox().drop(KIND, "1"));
        var postman = Postman.of(KIND);

        Awaited.of(replica.send(postman));

        assertThat(postman.given()).isEmpty();
        assertThat(replica.count(KIND, "DONE")).isOne();
    }

    @Test
    void triesAreCountedByTheirOutcome() {
        replica.post(KIND, "1");
        replica.post("PARCEL", "1");
        Awaited.of(replica.send(Postman.failing(KIND, new IllegalStateException())));
        replica.letTimePass();
        Awaited.of(replica.send(Postman.of(KIND)));
        Awaited.of(replica.send(Postman.failing("PARCEL", new Undeliverable("too big"))));

        assertThat(tries(KIND, "failed")).isOne();
        assertThat(tries(KIND, "sent")).isOne();
        assertThat(tries("PARCEL", "dead")).isOne();
    }

    @Test
    void gaugesShowWhatWaitsWhatIsDeadAndHowFarBehindTheOutboxIs() {
        IntStream.range(0, 3).forEach(i -> replica.post(KIND, "" + i));
        replica.post("PARCEL", "1");
        Awaited.of(replica.send(Postman.failing("PARCEL", new Undeliverable("too big"))));
        run("update outbox_message set due_at = clock_timestamp() - interval '90 seconds' where key = '2'");

        Awaited.of(replica.measure(Postman.of(KIND), Postman.of("PARCEL"), Postman.of("CARD")));

        assertThat(messages(KIND, "waiting")).isEqualTo(3);
        assertThat(messages(KIND, "dead")).isZero();
        assertThat(messages("PARCEL", "waiting")).isZero();
        assertThat(messages("PARCEL", "dead")).isOne();
        assertThat(messages("CARD", "waiting")).isZero();
        assertThat(lag(KIND)).isCloseTo(90, within(10.0));
        assertThat(lag("PARCEL")).isZero();
    }

    @Test
    void onlyWhatLeftLongAgoIsForgottenHoweverMuchItIs() {
        run("""
                insert into outbox_message (kind, key, payload, state, ended_at)
                select 'LETTER', n::text, '{}', 'DONE', clock_timestamp() - interval '91 days'
                  from generate_series(1, 2500) n
                """);
        run("""
                insert into outbox_message (kind, key, payload, state, due_at, ended_at)
                values ('LETTER', 'left lately', '{}', 'DONE', 'infinity', clock_timestamp() - interval '89 days'),
                       ('LETTER', 'waits', '{}', 'WAITING', clock_timestamp() - interval '200 days', null),
                       ('LETTER', 'dead', '{}', 'DEAD', 'infinity', clock_timestamp() - interval '200 days')
                """);

        Awaited.last(Flux.range(0, 3).flatMap(_ -> new OutboxFixture(db).forget()));

        assertThat(Awaited.of(db.sql("select key from outbox_message order by key")
                        .mapValue(String.class)
                        .all()
                        .collectList()))
                .containsExactly("dead", "left lately", "waits");
    }

    private double tries(String kind, String outcome) {
        return replica.meters()
                .get("abendkasse.outbox.tries")
                .tags("kind", kind, "outcome", outcome)
                .counter()
                .count();
    }

    private double messages(String kind, String state) {
        return replica.meters()
                .get("abendkasse.outbox.messages")
                .tags("kind", kind, "state", state)
                .gauge()
                .value();
    }

    private double lag(String kind) {
        return replica.meters()
                .get("abendkasse.outbox.lag")
                .tags("kind", kind)
                .gauge()
                .value();
    }

    private double secondsUntilNextTry() {
        return Awaited.of(
                db.sql("select extract(epoch from due_at - clock_timestamp())::double precision from outbox_message")
                        .mapValue(Double.class)
                        .one());
    }

    private String lastError() {
        return Awaited.of(db.sql("select coalesce(last_error, 'none') from outbox_message")
                .mapValue(String.class)
                .one());
    }

    private void run(String sql) {
        Awaited.of(db.sql(sql).then());
    }
}
