package dev.abendkasse.server.helpdesk;

import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskText;
import dev.abendkasse.server.helpdesk.domain.Receipt;
import reactor.core.publisher.Mono;

/**
 * The port to the company's help desk. An entry may come again whose answer was lost ({@link DeskEntry#again()}): it must not be there
 * twice. What it does not take for good is {@link dev.abendkasse.server.outbox.Undeliverable}; every other error is tried again, with
 * {@link dev.abendkasse.server.outbox.TryLater} not before a time.
 */
public interface HelpDesk {

    /** As it is called in cases and in the paths of its messages. */
    String name();

    /** Opens a ticket, unless the case has one. */
    Mono<Receipt> open(DeskEntry entry, DeskText text);

    /** Adds to the case's ticket, which is opened if there is none. */
    Mono<Receipt> note(DeskEntry entry, DeskText text);

    /** Adds to the case's ticket and closes it. */
    Mono<Receipt> close(DeskEntry entry, DeskText text);

    /** Adds to the case's ticket and opens it again. */
    Mono<Receipt> reopen(DeskEntry entry, DeskText text);
}
