package dev.abendkasse.server.outbox;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.database.NotificationsFixture;
import dev.abendkasse.server.outbox.store.OutboxTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** The outbox of one replica at work, without Spring. Nothing in it happens because of time but what is due. */
final class OutboxReplica implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Commits commits = new Commits();
    private final Disposable running;

    OutboxReplica(DatabaseClient db, OutboxHandler... handlers) {
        var store = OutboxTables.messages(db);
        var properties = OutboxFixture.PROPERTIES;
        var heard = new NotificationsFixture(db.getConnectionFactory());
        var delivery = new OutboxDelivery(store, properties, commits, new SimpleMeterRegistry());
        var relay = new OutboxRelay(List.of(handlers), delivery, store, heard.notifications(), commits, properties);
        running = Disposables.composite(run(heard.listen()), run(relay.announce()), run(relay.relay()));
    }

    Commits commits() {
        return commits;
    }

    /** As abruptly as in a crash. */
    @Override
    public void close() {
        running.dispose();
    }

    /** As the scheduler does. */
    private static Disposable run(Flux<Void> job) {
        return job.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN))
                .repeatWhen(ends -> ends.delayElements(AGAIN))
                .subscribe();
    }
}
