package dev.abendkasse.server.outbox;

import dev.abendkasse.server.outbox.domain.OutboxFigures;
import dev.abendkasse.server.outbox.store.OutboxUpkeepStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows how much waits, how much is with people, and how far behind the outbox is. */
@Component
class OutboxGauges {

    /** More than this is shown as this: it is as bad, and counting on would make it worse. */
    private static final int BOUND = 10_000;

    private final OutboxUpkeepStore messages;
    private final String[] kinds;
    private final MultiGauge counts;
    private final MultiGauge lags;

    OutboxGauges(OutboxUpkeepStore messages, List<OutboxHandler> handlers, MeterRegistry meters) {
        this.messages = messages;
        this.kinds = handlers.stream().map(OutboxHandler::kind).toArray(String[]::new);
        this.counts = MultiGauge.builder("abendkasse.outbox.messages")
                .description("Messages that wait or are dead; counted up to " + BOUND)
                .register(meters);
        this.lags = MultiGauge.builder("abendkasse.outbox.lag")
                .description("How long the oldest message that is due has been so")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${abendkasse.outbox.measure-every:15s}")
    Mono<Void> measure() {
        return messages.figures(kinds, BOUND).collectList().doOnNext(this::show).then();
    }

    private void show(List<OutboxFigures> figures) {
        counts.register(figures.stream().flatMap(OutboxGauges::counts).toList(), true);
        lags.register(
                figures.stream()
                        .<Row<?>>map(one -> Row.of(Tags.of("kind", one.kind()), one.lagSeconds()))
                        .toList(),
                true);
    }

    private static Stream<Row<?>> counts(OutboxFigures one) {
        return Stream.of(
                Row.of(Tags.of("kind", one.kind(), "state", "waiting"), one.waiting()),
                Row.of(Tags.of("kind", one.kind(), "state", "dead"), one.dead()));
    }
}
