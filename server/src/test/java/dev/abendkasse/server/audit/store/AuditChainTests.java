package dev.abendkasse.server.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.audit.AuditTrail;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Entries get into the chain with the transaction that does what they say, and stay as they are. */
class AuditChainTests {

    private static final int WRITERS = 50;
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final TestDatabase database = DATABASE;
    private final AuditTrail audit = AuditTrail.of(DATABASE);

    @BeforeEach
    void begin() {
        audit.beginAnew();
    }

    @Test
    void statementOfItsOwnIsEnteredWhenItIsDone() {
        Awaited.of(audit.note("clerk", "case.assign", "one"));
        Awaited.of(audit.note("clerk", "case.assign", "two"));

        assertThat(audit.count()).isEqualTo(2);
        assertThat(audit.head()).isEqualTo(2);
        assertThat(audit.broken()).isZero();
        assertThat(audit.number("select count(*) from audit_note")).isZero();
    }

    @Test
    void p14WhatIsUndoneWasNotDoneAndLeavesNoGap() {
        Awaited.of(audit.note("clerk", "case.assign", "one"));
        Awaited.of(audit.note("clerk", "case.assign", "undone")
                .then(Mono.error(new IllegalStateException()))
                .as(database.transaction()::transactional)
                .onErrorComplete());
        StepVerifier.create(run("""
                        do $$ begin
                            perform audit('clerk', 'case.assign', 'undone');
                            perform 1 / 0;
                        end $$
                        """)).verifyError();
        Awaited.of(audit.note("clerk", "case.assign", "two"));

        assertThat(audit.count()).isEqualTo(2);
        assertThat(audit.broken()).isZero();
    }

    @Test
    void severalEntriesOfOneTransactionFollowEachOther() {
        Awaited.of(Flux.range(1, 5)
                .concatMap(number -> audit.note("clerk", "case.step-" + (char) ('a' + number), "x" + number))
                .then()
                .as(database.transaction()::transactional));

        assertThat(audit.actions())
                .containsExactly("case.step-b", "case.step-c", "case.step-d", "case.step-e", "case.step-f");
        assertThat(audit.broken()).isZero();
    }

    /** With R2DBC the failure of a commit comes after the statement's rows; it must not be taken for a success. */
    @Test
    void statementThatCannotBeEnteredIsAFailureAndChangesNothing() {
        Awaited.of(run("create table done (id uuid)"));
        Awaited.of(run("create function fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$"));
        Awaited.of(run("create trigger fail before insert on audit_entry for each row when (new.subject = 'fails')"
                + " execute function fail()"));
        Awaited.of(run("""
                create function act() returns jsonb language plpgsql as $$
                begin
                    insert into done values (gen_random_uuid());
                    perform audit('clerk', 'case.assign', 'fails');
                    return '{}';
                end $$
                """));

        StepVerifier.create(database.client()
                        .sql("select act()::text")
                        .mapValue(String.class)
                        .one())
                .verifyError();
        StepVerifier.create(audit.note("clerk", "case.assign", "fails").as(database.transaction()::transactional))
                .verifyError();

        assertThat(audit.number("select count(*) from done")).isZero();
        assertThat(audit.count()).isZero();
    }

    @Test
    void p14WritersAtOnceOnTwoReplicasKeepTheChainWhole() {
        var replica = database.replica();
        var other = new AuditTrail(replica.client());
        var rounds = Scale.of(100);

        Awaited.of(Flux.range(0, WRITERS)
                .flatMap(writer -> write(writer, writer % 2 == 0 ? database : replica, rounds), WRITERS)
                .then());

        assertThat(audit.count()).isEqualTo(WRITERS * rounds * 4L / 5);
        assertThat(other.head()).isEqualTo(audit.count());
        assertThat(audit.broken()).isZero();
    }

    /** Every fifth is undone; the others are functions, transactions, and transactions with other locks. */
    private static Mono<Void> write(int writer, TestDatabase database, int rounds) {
        var audit = AuditTrail.of(database);
        return Flux.range(writer, rounds)
                .concatMap(round -> switch (round % 5) {
                    case 0 ->
                        audit.note("clerk", "case.assign", "undone")
                                .then(Mono.<Void>error(new IllegalStateException()))
                                .as(database.transaction()::transactional)
                                .onErrorComplete();
                    case 1, 2 -> audit.note("clerk", "case.assign", "one");
                    default ->
                        audit.note("bert", "case.reject", "two")
                                .then(lock(database.client(), round % 3))
                                .as(database.transaction()::transactional);
                })
                .then();
    }

    /** Whoever has noted something waits for locks that others hold who note something too. */
    private static Mono<Void> lock(DatabaseClient db, int key) {
        return db.sql("select pg_advisory_xact_lock(" + key + ")")
                .fetch()
                .rowsUpdated()
                .then();
    }

    @Test
    void nothingInTheChainCanBeChangedByMistake() {
        Awaited.of(audit.note("clerk", "case.assign", "one"));

        for (var attempt : new String[] {
            "update audit_entry set action = 'case.reject'",
            "delete from audit_entry",
            "truncate audit_entry cascade",
            "delete from audit_detail",
            "truncate audit_detail",
            "update audit_detail set actor = 'bert'",
            "update audit_detail set details = '{}'",
            "delete from audit_head"
        }) {
            StepVerifier.create(run(attempt)).verifyError();
        }
        assertThat(audit.broken()).isZero();
    }

    @Test
    void p14WhatIsErasedIsGoneAndTheChainStaysWhole() {
        var subject = UUID.randomUUID().toString();
        Awaited.of(audit.note("clerk", "case.assign", subject));
        Awaited.of(audit.note("clerk", "case.assign", "other"));

        assertThat(audit.number("select erase_audit_details('{" + subject + "}')"))
                .isOne();
        assertThat(audit.number("select erase_audit_details('{" + subject + "}')"))
                .isZero();

        assertThat(audit.number("select count(*) from audit_detail where details is null and details_salt is null"))
                .isOne();
        assertThat(audit.number("select count(*) from audit_detail where actor = 'clerk'"))
                .isEqualTo(2);
        assertThat(audit.broken()).isZero();
    }

    @Test
    void namesAndAddressesAreNoSubjectsAndActionsHaveAForm() {
        StepVerifier.create(audit.note("clerk", "case.assign", "buyer@example.org"))
                .verifyError();
        StepVerifier.create(audit.note("clerk", "case.assign", "Example Buyer")).verifyError();
        StepVerifier.create(audit.note("clerk", "Assign", "one")).verifyError();
        StepVerifier.create(audit.note("", "case.assign", "one")).verifyError();
    }

    private Mono<Long> run(String sql) {
        return database.client().sql(sql).fetch().rowsUpdated();
    }
}
