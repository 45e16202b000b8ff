package dev.abendkasse.server.journeys;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;

/**
 * Where a server can be stopped in its tracks: the database does not let it write down that a step of one purchase is done. The
 * last step of a purchase comes first, so that nobody else's is kept waiting by it.
 */
enum StepTrap {
    MAIL_SENT("outbox_message", "update", "new.kind = 'MAIL' and new.state = 'DONE'", Of.MAIL),
    MAIL_CLAIMED("outbox_message", "update", "new.kind = 'MAIL' and new.tries > old.tries", Of.MAIL),
    REFUND_NOTED("refund", "update", "new.state = 'SUCCEEDED'", Of.PAYMENT),
    ORDER_CONFIRMED("orders", "update", "new.state = 'CONFIRMED'", Of.ORDER),
    FACT_STORED("payment_fact", "insert", "true", Of.FACT),
    PAYMENT_OPENED(
            "payment", "update", "new.provider_reference is not null and old.provider_reference is null", Of.PAYMENT),
    ORDER_MADE("orders", "insert", "true", Of.ORDER);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CAUGHT = "datname = current_database() and wait_event = 'PgSleep'";

    /** Whose it is. */
    private static final class Of {
        static final String ORDER = "select new.buyer";
        static final String PAYMENT = "select buyer from orders where order_id = new.order_id";
        static final String FACT =
                "select buyer from orders join payment using (order_id) where payment_id = new.payment_id";
        static final String MAIL = "select buyer from orders where order_id = (new.payload ->> 'orderId')::uuid";
    }

    private final String table;
    private final String event;
    private final String condition;
    private final String buyer;

    StepTrap(String table, String event, String condition, String buyer) {
        this.table = table;
        this.event = event;
        this.condition = condition;
        this.buyer = buyer;
    }

    /** The one buyer that it catches. */
    String victim() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "@example.org";
    }

    static void setAll(TestDatabase database) {
        for (var trap : values()) {
            trap.set(database);
        }
    }

    /** The server's time limit for statements ends the first sleep only. */
    private void set(TestDatabase database) {
        Theatre.execute(database.client(), """
                create function %1$s() returns trigger language plpgsql as $$
                begin
                    if %2$s and ((%3$s) ->> 'email') = '%4$s' then
                        begin
                            perform pg_sleep(600);
                        exception when query_canceled then
                            perform pg_sleep(600);
                        end;
                    end if;
                    return new;
                end
                $$
                """.formatted(trigger(), condition, buyer, victim()));
        Theatre.execute(
                database.client(),
                "create trigger %1$s before %2$s on %3$s for each row execute function %1$s()"
                        .formatted(trigger(), event, table));
    }

    static void awaitCaught(TestDatabase database, long purchases) {
        Awaitility.await("the server at " + purchases + " steps")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Awaited.of(database.client()
                                .sql("select count(*) from pg_stat_activity where " + CAUGHT)
                                .mapValue(Long.class)
                                .one())
                        == purchases);
    }

    /**
     * The database learns of its client's death only when it next speaks to it. Whoever waited for one that is caught dies too,
     * or would be caught next.
     */
    static void releaseAll(TestDatabase database) {
        Theatre.execute(
                database.client(),
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()");
        for (var trap : values()) {
            Theatre.execute(database.client(), "drop function " + trap.trigger() + " cascade");
        }
    }

    private String trigger() {
        return "trap_" + name().toLowerCase(Locale.ROOT);
    }
}
