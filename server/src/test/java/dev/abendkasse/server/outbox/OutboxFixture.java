package dev.abendkasse.server.outbox;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.store.OutboxStore;
import dev.abendkasse.server.outbox.store.OutboxTables;
import dev.abendkasse.server.testing.Awaited;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The outbox of one replica without Spring: it sends when the test says so. */
public final class OutboxFixture {

    /** Nothing happens by itself for an hour. */
    static final OutboxProperties PROPERTIES = new OutboxProperties(
            Duration.ofSeconds(30), 5, Duration.ofHours(1), Duration.ofMillis(20), Duration.ofDays(90));

    private final DatabaseClient db;
    private final OutboxStore store;
    private final OutboxDelivery delivery;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    public OutboxFixture(DatabaseClient db) {
        this(db, PROPERTIES);
    }

    OutboxFixture(DatabaseClient db, OutboxProperties properties) {
        this.db = db;
        this.store = OutboxTables.messages(db);
        this.delivery = new OutboxDelivery(store, properties, new Commits(), meters);
    }

    public Outbox outbox() {
        return new Outbox(store);
    }

    /** What a replica does when it is told of work. */
    public Mono<Void> send(OutboxHandler handler) {
        return Mono.defer(() -> sendSome(handler, new OutboxLanes(handler.atOnce())))
                .repeat()
                .takeUntil(sent -> sent < handler.atOnce())
                .then();
    }

    private Mono<Long> sendSome(OutboxHandler handler, OutboxLanes lanes) {
        return delivery.claimDue(handler, lanes)
                .flatMap(message -> delivery.send(handler, message, lanes).thenReturn(message), handler.atOnce())
                .count();
    }

    /** What a replica does now and then. */
    Mono<Void> forget() {
        return new OutboxSweeper(OutboxTables.upkeep(db), PROPERTIES).forget();
    }

    Mono<Void> measure(OutboxHandler... handlers) {
        return new OutboxGauges(OutboxTables.upkeep(db), List.of(handlers), meters).measure();
    }

    MeterRegistry meters() {
        return meters;
    }

    void post(String kind, String key) {
        Awaited.of(outbox().post(kind, key, Map.of("text", "hello")));
    }

    public long waiting(String kind) {
        return count(kind, "WAITING");
    }

    long count(String kind, String state) {
        return Awaited.of(db.sql("select count(*) from outbox_message where state = :state and kind = :kind")
                .bind("state", state)
                .bind("kind", kind)
                .mapValue(Long.class)
                .one());
    }

    /** Makes everything due. */
    public void letTimePass() {
        Awaited.of(db.sql("update outbox_message set due_at = due_at - interval '1 day' where state = 'WAITING'")
                .then());
    }
}
