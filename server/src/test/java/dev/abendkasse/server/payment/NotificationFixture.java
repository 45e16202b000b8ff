package dev.abendkasse.server.payment;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.OutboxFixture;
import dev.abendkasse.server.payment.store.PaymentTables;
import dev.abendkasse.server.secret.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The way of a notification without Spring, with a listener of the test's own. */
public final class NotificationFixture {

    private final DatabaseClient db;
    private final PaymentProperties properties;
    private final OutboxFixture outbox;
    private final FactHandler handler;
    private final List<Long> unresolved = new CopyOnWriteArrayList<>();

    public NotificationFixture(
            DatabaseClient db, Function<PaymentFact, Mono<Void>> listener, String... webhookSecrets) {
        this.db = db;
        this.outbox = new OutboxFixture(db);
        this.properties = new PaymentProperties(
                "sandbox",
                URI.create("http://localhost:1"),
                null,
                List.of(webhookSecrets),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofSeconds(30));
        var beans = new StaticListableBeanFactory();
        beans.addBean("listener", new FactListener(listener, unresolved));
        this.handler = new FactHandler(
                beans.getBeanProvider(PaymentListener.class), PaymentTables.facts(db), outbox.outbox(), new Commits());
    }

    public NotificationService service() {
        var signatures = new NotificationSignatures(properties, new Secrets(new byte[32]));
        return new NotificationService(properties, signatures, PaymentTables.facts(db), handler);
    }

    /** What a replica does when facts are due. */
    public Mono<Void> replay() {
        return outbox.send(handler);
    }

    /** Facts that nobody has finished with. */
    public long waiting() {
        return outbox.waiting(handler.kind());
    }

    /** Facts that were given to people. */
    public List<Long> unresolved() {
        return unresolved;
    }

    PaymentProperties properties() {
        return properties;
    }

    public void letTimePass() {
        outbox.letTimePass();
    }

    private record FactListener(Function<PaymentFact, Mono<Void>> told, List<Long> unresolved)
            implements PaymentListener {

        @Override
        public Mono<Void> on(PaymentFact fact) {
            return told.apply(fact);
        }

        @Override
        public Mono<Void> refunded(UUID refund, RefundReceipt receipt) {
            return Mono.error(new IllegalStateException("Nothing is refunded here"));
        }

        @Override
        public Mono<Void> unresolved(long factId) {
            return Mono.fromRunnable(() -> unresolved.add(factId));
        }
    }
}
