package dev.abendkasse.server.outbox;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.store.OutboxStore;
import dev.abendkasse.server.outbox.store.OutboxTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The outbox of one replica without Spring: it sends when the test says so. */
public final class OutboxFixture {

    private final DatabaseClient db;
    private final OutboxStore store;
    private final OutboxDelivery delivery;

    public OutboxFixture(DatabaseClient db) {
        var properties = new OutboxProperties(
                Duration.ofSeconds(30), 20, Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofDays(90));
        this.db = db;
        this.store = OutboxTables.messages(db);
        this.delivery = new OutboxDelivery(store, properties, new Commits(), new SimpleMeterRegistry());
    }

    public Outbox outbox() {
        return new Outbox(store);
    }

    /** What a replica does when it is told of work. */
    public Mono<Void> send(OutboxHandler handler) {
        var lanes = new OutboxLanes(handler.atOnce());
        return delivery.claimDue(handler, lanes)
                .flatMap(message -> delivery.send(handler, message, lanes).thenReturn(message))
                .count()
                .repeat()
                .takeUntil(sent -> sent < handler.atOnce())
                .then();
    }

    public long waiting(String kind) {
        return db.sql("select count(*) from outbox_message where state = 'WAITING' and kind = :kind")
                .bind("kind", kind)
                .mapValue(Long.class)
                .one()
                .block();
    }

    /** Makes everything due. */
    public void letTimePass() {
        db.sql("update outbox_message set due_at = due_at - interval '1 day' where state = 'WAITING'")
                .then()
                .block();
    }
}
