package dev.abendkasse.server.outbox;

import reactor.core.publisher.Mono;

/** Sends one kind of message. Called at least once for each, on any replica, never inside a transaction. */
public interface OutboxHandler {

    String kind();

    /** How many a replica sends at once. */
    default int atOnce() {
        return 8;
    }

    /**
     * Completes when the message has left or need not any more. An error is tried again, later and later, but for {@link
     * Undeliverable}; with {@link TryLater} not before a time. Must end within the time before the first further try ({@code
     * abendkasse.outbox.retry}).
     */
    Mono<Void> handle(OutboxMessage message);

    /**
     * Staff have decided that a message of this kind, which could not leave, need not. In the transaction that notes it. What
     * should have left is then for people to do.
     *
     * @param key what names the effect
     */
    default Mono<Void> dismissed(String key) {
        return Mono.empty();
    }
}
