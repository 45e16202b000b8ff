package dev.abendkasse.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.changes.domain.ChangeResult;
import dev.abendkasse.server.changes.domain.Progress;
import dev.abendkasse.server.changes.store.ChangeStore;
import dev.abendkasse.server.changes.store.ChangeTables;
import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.OutboxFixture;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders of a cancelled performance are dealt with many at a time: none holds up the others, and no two batches each other. */
class CancellationBatchTests {

    private final DatabaseClient db = TestDatabase.fresh().client();
    private final ChangeStore changes = ChangeTables.changes(db);

    @Test
    void orderThatCannotBeCancelledHoldsUpNoOtherAndTheChangeWaitsForIt() {
        var performance = Awaited.of(Hall.open(db, 10, 0));
        var stuck = UnpaidOrder.of(db, performance, "r1-1");
        var other = UnpaidOrder.of(db, performance, "r1-2");
        Theatre.execute(
                db,
                "create function refuse_one() returns trigger language plpgsql as $$ begin"
                        + " if new.state = 'CANCELLED' and new.order_id = '" + stuck.orderId() + "' then"
                        + " raise exception 'it cannot be'; end if; return new; end $$");
        Theatre.execute(
                db, "create trigger refuse_one before update on orders for each row execute function refuse_one()");
        var change = cancel(performance);
        var outbox = new OutboxFixture(db);
        var handler = new ChangeHandler(changes, new Commits());

        Awaited.of(outbox.send(handler));

        assertThat(state(other)).isEqualTo("CANCELLED");
        assertThat(state(stuck)).isEqualTo("AWAITING_PAYMENT");
        assertThat(text("select state || ' ' || tries from outbox_message where key = '" + change + "'"))
                .isEqualTo("WAITING 1");
        assertThat(text("select state from performance_change where change_id = '" + change + "'"))
                .isEqualTo("RUNNING");

        Theatre.execute(db, "drop function refuse_one cascade");
        outbox.letTimePass();
        Awaited.of(outbox.send(handler));

        assertThat(state(stuck)).isEqualTo("CANCELLED");
        assertThat(text("select state from performance_change where change_id = '" + change + "'"))
                .isEqualTo("DONE");
    }

    @Test
    void cancellationsThatNeedTheSameAccountsDoNotStopEachOther() {
        for (int round = 0; round < Scale.of(200); round++) {
            var one = customer();
            var other = customer();
            var first = Awaited.of(Hall.open(db, 10, 0));
            var second = Awaited.of(Hall.open(db, 10, 0));
            var customers = new UUID[] {one, other, other, one, one, other, other, one};
            for (int i = 0; i < customers.length; i++) {
                UnpaidOrder.reserved(db, i % 2 == 0 ? first : second, customers[i], "r1-" + (i + 1));
            }

            Awaited.last(Flux.merge(finish(cancel(first)), finish(cancel(second))));

            assertThat(text("select sum(exposure)::text from credit_account where customer_id in ('" + one + "', '"
                            + other + "')"))
                    .isEqualTo("0");
        }
    }

    /** Fails when a step was stopped by another. */
    private Mono<Progress> finish(UUID change) {
        return Mono.defer(() -> changes.advance(change, CaseNumber.candidates(20)))
                .doOnNext(step -> assertThat(step.failed()).isEmpty())
                .repeat()
                .takeUntil(step -> step.progress() == Progress.DONE)
                .last()
                .map(step -> step.progress());
    }

    private UUID cancel(UUID performance) {
        var begun = (ChangeResult.Begun) Awaited.of(changes.begin(ChangeTables.cancellation(performance)));
        return begun.change().changeId();
    }

    private UUID customer() {
        return Awaited.of(db.sql("""
                with buyer as (
                    insert into customer (name, password_hash) values ('Example Buyer', 'none') returning customer_id)
                insert into credit_account (customer_id) select customer_id from buyer returning customer_id
                """).mapValue(UUID.class).one());
    }

    private String state(UnpaidOrder order) {
        return text("select state from orders where order_id = '" + order.orderId() + "'");
    }

    private String text(String sql) {
        return Awaited.of(db.sql(sql).mapValue(String.class).one());
    }
}
