package dev.abendkasse.server.payment;

import dev.abendkasse.server.payment.store.PaymentTables;
import dev.abendkasse.server.secret.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The way of a notification without Spring, with a listener of the test's own. */
public final class NotificationFixture {

    private final DatabaseClient db;
    private final PaymentProperties properties;
    private final FactHandler handler;

    public NotificationFixture(DatabaseClient db, PaymentListener listener, String... webhookSecrets) {
        this.db = db;
        this.properties = new PaymentProperties(
                "sandbox",
                URI.create("http://localhost:1"),
                null,
                List.of(webhookSecrets),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
        var beans = new StaticListableBeanFactory();
        beans.addBean("listener", listener);
        this.handler = new FactHandler(beans.getBeanProvider(PaymentListener.class), PaymentTables.facts(db));
    }

    public NotificationService service() {
        var signatures = new NotificationSignatures(properties, new Secrets(new byte[32]));
        return new NotificationService(properties, signatures, PaymentTables.facts(db), handler);
    }

    /** What a replica's scheduled job does. */
    public Mono<Void> replay() {
        return new FactReplay(PaymentTables.facts(db), handler, properties).replay();
    }
}
