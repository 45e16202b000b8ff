package dev.abendkasse.server.demo;

import dev.abendkasse.server.catalog.Programme;
import dev.abendkasse.server.demo.domain.DemoProgramme;
import dev.abendkasse.server.demo.domain.DemoProgramme.Production;
import dev.abendkasse.server.demo.store.DemoLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets up a programme before the server is ready, if it is to and there is no event yet. All in one transaction: a
 * replica that comes second waits, and then finds it there.
 */
@Component
@Order(DemoSeeder.BEFORE_THE_ADDRESS_IS_SAID)
@ConditionalOnBooleanProperty("abendkasse.demo.enabled")
class DemoSeeder implements ApplicationRunner {

    static final int BEFORE_THE_ADDRESS_IS_SAID = 0;

    private static final String FOLDER = "demo/";

    private final JsonMapper json = JsonMapper.builder().build();
    private final Programme programme;
    private final DemoLock lock;
    private final TransactionalOperator transaction;

    DemoSeeder(Programme programme, DemoLock lock, TransactionalOperator transaction) {
        this.programme = programme;
        this.lock = lock;
        this.transaction = transaction;
    }

    /** Starting up waits for it. */
    @Override
    public void run(ApplicationArguments arguments) {
        seed().toFuture().join();
    }

    Mono<Void> seed() {
        return lock.take()
                .then(Mono.defer(programme::isEmpty))
                .filter(Boolean::booleanValue)
                .flatMap(_ -> setUp(read("programme.json", DemoProgramme.class)))
                .as(transaction::transactional);
    }

    private Mono<Void> setUp(DemoProgramme demo) {
        return addHalls(demo.halls())
                .map(halls -> new DemoDrafts(Instant.now(), demo.timeZone(), halls))
                .flatMap(drafts -> Flux.fromIterable(demo.events())
                        .concatMap(production -> add(production, drafts))
                        .then());
    }

    private Mono<Map<String, UUID>> addHalls(Map<String, String> resources) {
        return Flux.fromIterable(resources.entrySet())
                .concatMap(hall -> programme
                        .addHall(read(hall.getValue(), JsonNode.class))
                        .map(id -> Map.entry(hall.getKey(), id)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Void> add(Production production, DemoDrafts drafts) {
        return programme
                .addEvent(production.title(), production.description())
                .flatMap(event -> Flux.fromIterable(drafts.of(production))
                        .concatMap(draft -> programme.addPerformance(event, draft))
                        .then());
    }

    private <T> T read(String resource, Class<T> type) {
        try (var stream = new ClassPathResource(FOLDER + resource).getInputStream()) {
            return json.readValue(stream, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
