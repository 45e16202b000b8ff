package dev.abendkasse.server.sandbox;

import dev.abendkasse.server.sandbox.client.NotificationClient;
import dev.abendkasse.server.sandbox.domain.SandboxNotification;
import dev.abendkasse.server.sandbox.store.SandboxNotificationStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells the shop what happened, until the shop has taken it or the tries are used up. */
@SandboxComponent
class SandboxNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxNotifier.class);
    private static final int AT_ONCE = 8;

    private final SandboxNotificationStore notifications;
    private final NotificationClient shop;
    private final SandboxProperties properties;

    SandboxNotifier(SandboxNotificationStore notifications, NotificationClient shop, SandboxProperties properties) {
        this.notifications = notifications;
        this.shop = shop;
        this.properties = properties;
    }

    /** The first try, at once; never fails. */
    Mono<Void> tell(String eventId) {
        return notifications.find(eventId).flatMap(this::deliver);
    }

    @Scheduled(fixedDelayString = "${abendkasse.sandbox.notify-every}")
    Mono<Void> tellDue() {
        return notifications
                .claim(AT_ONCE, properties.notificationTries(), properties.notificationRetry())
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::deliver, AT_ONCE)
                .then();
    }

    private Mono<Void> deliver(SandboxNotification notification) {
        return shop.send(notification)
                .then(Mono.defer(() -> notifications.delivered(notification.eventId())))
                .onErrorResume(error -> tryLater(notification, error));
    }

    private static Mono<Void> tryLater(SandboxNotification notification, Throwable error) {
        LOG.warn("Notification {} is not delivered yet: {}", notification.eventId(), error.toString());
        return Mono.empty();
    }
}
