package dev.abendkasse.server.database;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** What replicas hear from each other, without Spring. */
public final class NotificationsFixture {

    private final Notifications notifications;

    public NotificationsFixture(ConnectionFactory factory) {
        this.notifications = new Notifications(factory, Duration.ofHours(1));
    }

    public Notifications notifications() {
        return notifications;
    }

    /** What the scheduler starts, and starts again whenever it ends. */
    public Flux<Void> listen() {
        return notifications.listen();
    }
}
