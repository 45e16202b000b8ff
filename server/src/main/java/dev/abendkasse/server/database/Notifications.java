package dev.abendkasse.server.database;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What replicas tell each other by NOTIFY, heard on a connection of its own. A notification is a hint, and some are lost when
 * the connection breaks: each new connection counts as news on every channel.
 */
@Component
public class Notifications {

    /** The channels that are listened to. */
    public enum Channel {
        OUTBOX,
        LIVE;

        private boolean isNamed(String name) {
            return name().equalsIgnoreCase(name);
        }
    }

    /** Nothing in particular: everything may have changed. */
    public static final String ANYTHING = "";

    private record News(String channel, String payload) {}

    private static final String LISTEN = "listen outbox; listen live";

    private final ConnectionFactory factory;
    private final Duration keepAlive;
    private final Sinks.Many<News> news = Sinks.many().multicast().directBestEffort();

    Notifications(
            ConnectionFactory factory, @Value("${abendkasse.database.listen-keep-alive:15s}") Duration keepAlive) {
        this.factory = factory;
        this.keepAlive = keepAlive;
    }

    /** Payloads as they come; {@link #ANYTHING} after a new connection. */
    public Flux<String> on(Channel channel) {
        return news.asFlux()
                .filter(one -> one.channel().isEmpty() || channel.isNamed(one.channel()))
                .map(News::payload);
    }

    /** Never ends by itself; after a failure it is started again, with a new connection. */
    @Scheduled(fixedDelayString = "${abendkasse.database.listen-again-after:1s}")
    Flux<Void> listen() {
        return Flux.usingWhen(unpooled().create(), this::hear, connection -> Mono.from(connection.close()));
    }

    private Flux<Void> hear(io.r2dbc.spi.Connection opened) {
        var connection = (PostgresqlConnection) opened;
        return connection
                .createStatement(LISTEN)
                .execute()
                .flatMap(PostgresqlResult::getRowsUpdated)
                .then(Mono.fromRunnable(() -> tell("", ANYTHING)))
                .thenMany(Flux.merge(notificationsOf(connection), stayingAlive(connection)));
    }

    private Flux<Void> notificationsOf(PostgresqlConnection connection) {
        return connection.getNotifications().doOnNext(this::tell).concatMap(_ -> Mono.empty());
    }

    /** A connection that was cut silently is noticed only by asking something of it. */
    private Flux<Void> stayingAlive(PostgresqlConnection connection) {
        return Flux.interval(keepAlive)
                .onBackpressureDrop()
                .concatMap(_ -> connection
                        .createStatement("select 1")
                        .execute()
                        .flatMap(PostgresqlResult::getRowsUpdated)
                        .then()
                        .timeout(keepAlive));
    }

    private void tell(Notification notification) {
        tell(notification.getName(), notification.getParameter() == null ? ANYTHING : notification.getParameter());
    }

    private void tell(String channel, String payload) {
        news.tryEmitNext(new News(channel, payload));
    }

    @SuppressWarnings("unchecked")
    private ConnectionFactory unpooled() {
        return factory instanceof Wrapped<?> wrapped ? ((Wrapped<ConnectionFactory>) wrapped).unwrap() : factory;
    }
}
