package dev.abendkasse.server.outbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Notes what it is given to send, and does with it what the test wants. */
final class Postman implements OutboxHandler {

    private final String kind;
    private final Function<OutboxMessage, Mono<Void>> way;
    private final List<OutboxMessage> given = new CopyOnWriteArrayList<>();

    Postman(String kind, Function<OutboxMessage, Mono<Void>> way) {
        this.kind = kind;
        this.way = way;
    }

    /** Everything arrives. */
    static Postman of(String kind) {
        return new Postman(kind, _ -> Mono.empty());
    }

    static Postman failing(String kind, RuntimeException error) {
        return new Postman(kind, _ -> Mono.error(error));
    }

    List<OutboxMessage> given() {
        return given;
    }

    List<String> keys() {
        return given.stream().map(OutboxMessage::key).toList();
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        given.add(message);
        return way.apply(message);
    }
}
