package dev.abendkasse.server.helpdesk;

import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.Receipt;
import dev.abendkasse.server.helpdesk.store.EntryStore;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.outbox.TryLater;
import java.time.Duration;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells the help desk what it does not know yet of a case, one thing after the other. A case has one message in the outbox, so nobody
 * else tells of it meanwhile. A replica without a help desk leaves the messages to those that have one.
 */
@Component
@Conditional(HelpDeskChoice.Any.class)
class TicketHandler implements OutboxHandler {

    /** After this no further entry is begun, so that the last one ends before somebody else tries. */
    private static final Duration TURN = Duration.ofSeconds(10);

    private final HelpDesk desk;
    private final EntryStore entries;
    private final DeskTexts texts;
    private final HelpDeskProperties properties;

    TicketHandler(HelpDesk desk, EntryStore entries, DeskTexts texts, HelpDeskProperties properties) {
        this.desk = desk;
        this.entries = entries;
        this.texts = texts;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return "HELP_DESK";
    }

    @Override
    public int atOnce() {
        return properties.atOnce();
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        return Mono.defer(() -> tellAll(message.key()));
    }

    @Override
    public Mono<Void> dismissed(String key) {
        return entries.drop(key);
    }

    private Mono<Void> tellAll(String caseNumber) {
        var end = System.nanoTime() + TURN.toNanos();
        return Mono.defer(() -> tellNext(caseNumber))
                .repeat()
                .takeUntil(more -> !more || System.nanoTime() - end > 0)
                .last()
                .flatMap(more -> more ? Mono.error(() -> TryLater.untried(Duration.ZERO)) : Mono.empty());
    }

    /** Whether there was something. */
    private Mono<Boolean> tellNext(String caseNumber) {
        return entries.next(caseNumber, desk.name(), properties.withBuyer())
                .flatMap(entry -> tell(entry).flatMap(receipt -> entries.end(entry, desk.name(), receipt)))
                .defaultIfEmpty(false);
    }

    private Mono<Receipt> tell(DeskEntry entry) {
        var text = texts.of(entry);
        return switch (entry.event()) {
            case OPENED -> desk.open(entry, text);
            case MESSAGE -> desk.note(entry, text);
            case ENDED -> desk.close(entry, text);
            case REOPENED -> desk.reopen(entry, text);
        };
    }
}
