package dev.abendkasse.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.outbox.store.OutboxTables;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What wakes the outbox: nothing here waits for the next time that it looks by itself, which is in an hour. */
class OutboxRelayTests {

    private static final String KIND = "LETTER";

    private final DatabaseClient db = TestDatabase.fresh().client();
    private final OutboxFixture outbox = new OutboxFixture(db);

    @Test
    void messageLeavesAsSoonAsItsTransactionIsAnnouncedInThisReplica() throws Exception {
        var postman = Postman.of(KIND);
        try (var replica = new OutboxReplica(db, postman)) {
            settle(postman);

            Awaited.of(replica.commits().announce(outbox.outbox().post(KIND, "1", Map.of())));

            awaitGiven(postman, "1");
        }
    }

    @Test
    void p11MessageLeavesAsSoonAsAnotherReplicaAnnouncesIt() throws Exception {
        var postman = Postman.of(KIND);
        try (var _ = new OutboxReplica(db, postman)) {
            settle(postman);

            outbox.post(KIND, "1");
            announce();

            awaitGiven(postman, "1");
        }
    }

    @Test
    void messageThatIsDueLaterLeavesThenWithoutFurtherWord() throws Exception {
        var postman = Postman.of(KIND);
        try (var _ = new OutboxReplica(db, postman)) {
            settle(postman);

            Awaited.of(db.sql("select post_message('LETTER', '1', '{}', clock_timestamp() + interval '500 ms')")
                    .then());
            outbox.post(KIND, "0");
            announce();

            awaitGiven(postman, "1");
            assertThat(Awaited.of(
                            db.sql("select due_at > created_at + interval '500 ms' from outbox_message where key = '1'")
                                    .mapValue(Boolean.class)
                                    .one()))
                    .as("claimed only when it was due")
                    .isTrue();
        }
    }

    @Test
    void messageWhoseTurnHadNotComeIsTriedThenWithoutFurtherWord() throws Exception {
        var turn = new AtomicInteger();
        var postman = new Postman(
                KIND,
                _ -> turn.getAndIncrement() == 1 ? Mono.error(TryLater.untried(Duration.ofMillis(200))) : Mono.empty());
        try (var _ = new OutboxReplica(db, postman)) {
            settle(postman);

            outbox.post(KIND, "1");
            announce();

            PayPage.await(postman::keys, List.of("first", "1", "1")::equals);
            assertThat(postman.given()).last().extracting(OutboxMessage::tries).isEqualTo(1);
        }
    }

    @Test
    void wordThatComesWhileSomethingIsBeingSentIsNotLost() throws Exception {
        var arrives = Sinks.<Void>empty();
        var postman = new Postman(KIND, message -> message.key().equals("slow") ? arrives.asMono() : Mono.empty());
        try (var _ = new OutboxReplica(db, postman)) {
            settle(postman);
            outbox.post(KIND, "slow");
            announce();
            awaitGiven(postman, "slow");

            outbox.post(KIND, "1");
            announce();
            arrives.tryEmitEmpty();

            awaitGiven(postman, "1");
        }
    }

    @Test
    void kindThatHangsHoldsUpNoOther() throws Exception {
        var hanging = new Postman("PARCEL", _ -> Mono.never());
        var postman = Postman.of(KIND);
        try (var _ = new OutboxReplica(db, hanging, postman)) {
            for (int i = 0; i < 20; i++) {
                outbox.post("PARCEL", "" + i);
            }
            announce("PARCEL");
            PayPage.await(hanging::keys, keys -> !keys.isEmpty());

            outbox.post(KIND, "1");
            announce();

            awaitGiven(postman, "1");
        }
    }

    @Test
    void brokenConnectionIsMadeAgainAndNothingIsMissed() throws Exception {
        var postman = Postman.of(KIND);
        try (var _ = new OutboxReplica(db, postman)) {
            settle(postman);

            cutListeners();
            outbox.post(KIND, "posted while nobody listened");
            awaitGiven(postman, "posted while nobody listened");

            awaitListeners(1);
            outbox.post(KIND, "1");
            announce();
            awaitGiven(postman, "1");
        }
    }

    @Test
    void p4WhatACrashedReplicaHadTakenOnIsSentByAnotherWhenItsTimeHasCome() throws Exception {
        outbox.post(KIND, "1");
        var crashing = new Postman(KIND, _ -> Mono.never());
        try (var _ = new OutboxReplica(db, crashing)) {
            awaitGiven(crashing, "1");
        }
        Awaited.of(db.sql("update outbox_message set due_at = clock_timestamp() + interval '300 ms'")
                .then());

        var postman = Postman.of(KIND);
        try (var _ = new OutboxReplica(db, postman)) {
            awaitGiven(postman, "1");
        }
    }

    /** What happens at the start has happened. */
    private void settle(Postman postman) throws Exception {
        outbox.post(postman.kind(), "first");
        announce();
        awaitGiven(postman, "first");
        awaitListeners(1);
    }

    private void announce() {
        announce(KIND);
    }

    /** What every replica does after a commit. */
    private void announce(String kind) {
        Awaited.of(OutboxTables.messages(db).announce(new String[] {kind}));
    }

    private static void awaitGiven(Postman postman, String key) throws Exception {
        PayPage.await(postman::keys, keys -> keys.contains(key));
    }

    private void cutListeners() {
        Awaited.of(db.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where " + listening())
                .then());
    }

    private void awaitListeners(int count) throws Exception {
        PayPage.await(
                () -> Awaited.of(db.sql("select count(*) from pg_stat_activity where " + listening())
                        .mapValue(Long.class)
                        .one()),
                listeners -> listeners == count);
    }

    private static String listening() {
        return "datname = current_database() and query like 'listen %' and pid <> pg_backend_pid()";
    }
}
