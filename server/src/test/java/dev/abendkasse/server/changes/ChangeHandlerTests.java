package dev.abendkasse.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.changes.domain.ChangeResult;
import dev.abendkasse.server.changes.store.ChangeTables;
import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.OutboxFixture;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** A change however long it takes: it is carried out bit by bit, and that is no failure. */
class ChangeHandlerTests {

    private static final int CARTS = 250;

    private final TestDatabase database = TestDatabase.fresh();
    private final DatabaseClient db = database.client();
    private final ChangeHandler handler = new ChangeHandler(ChangeTables.changes(db), new Commits());
    private final OutboxFixture outbox = new OutboxFixture(db);

    private UUID change;

    @BeforeEach
    void beginToCancelAPerformanceThatManyHaveInTheirCarts() {
        var performance = Awaited.of(Hall.open(db, 0, CARTS));
        Theatre.execute(db, """
                insert into cart (cart_id, shop_id, token_hash, pickup_code, item_count, first_hold_at, expires_at)
                select gen_random_uuid(), 'main', '\\xaa', to_char(n, 'FM000000'), 1, clock_timestamp(),
                       clock_timestamp() + interval '1 hour'
                  from generate_series(0, %d - 1) n
                """.formatted(CARTS));
        Theatre.execute(db, """
                insert into cart_item (cart_id, performance_id, place_no, price_type, amount)
                select cart_id, '%s', 100000 + pickup_code::integer, 'full', 5000 from cart
                """.formatted(performance));
        var begun =
                (ChangeResult.Begun) Awaited.of(ChangeTables.changes(db).begin(ChangeTables.cancellation(performance)));
        change = begun.change().changeId();
    }

    @Test
    void oneTryDoesAPartAndTheNextOnesGoOnWithoutCountingAsFailures() {
        Awaited.of(outbox.send(handler));

        assertThat(openCarts()).isPositive().isLessThan(CARTS);
        assertThat(message()).isEqualTo("WAITING 0");
        assertThat(due()).isTrue();
        Awaited.of(outbox.send(handler));
        assertThat(openCarts()).isZero();
        assertThat(message()).isEqualTo("DONE 1");
    }

    @Test
    void whoFindsTheChangeWithAnotherReplicaLooksAgainLaterAndThatIsNoFailure() {
        Awaited.of(db.sql("select change_id from performance_change for update")
                .fetch()
                .all()
                .then(Mono.defer(() -> outbox.send(handler)))
                .as(database.transaction()::transactional));

        assertThat(openCarts()).isEqualTo(CARTS);
        assertThat(message()).isEqualTo("WAITING 0");
        assertThat(due()).isFalse();
    }

    private long openCarts() {
        return Awaited.of(db.sql("select count(*) from cart where state = 'OPEN'")
                .mapValue(Long.class)
                .one());
    }

    /** State, tries, and the failure if there was one. */
    private String message() {
        return Awaited.of(
                db.sql("select concat_ws(' ', state, tries, last_error) from outbox_message where key = :change")
                        .bind("change", change.toString())
                        .mapValue(String.class)
                        .one());
    }

    private boolean due() {
        return Awaited.of(db.sql("select due_at <= clock_timestamp() from outbox_message where key = :change")
                .bind("change", change.toString())
                .mapValue(Boolean.class)
                .one());
    }
}
