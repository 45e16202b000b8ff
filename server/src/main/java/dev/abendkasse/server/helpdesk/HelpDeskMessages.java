package dev.abendkasse.server.helpdesk;

import dev.abendkasse.server.helpdesk.domain.DeskMessage;
import dev.abendkasse.server.helpdesk.store.EntryStore;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Keeps what is written in tickets. */
@Service
public class HelpDeskMessages {

    private final EntryStore entries;

    HelpDeskMessages(EntryStore entries) {
        this.entries = entries;
    }

    /** Keeps it with its case, once however often it comes. False when it belongs to no case. */
    public Mono<Boolean> keep(DeskMessage message) {
        return entries.keep(new DeskMessage(
                message.helpDesk(),
                storable(message.messageId()),
                message.caseNumber(),
                message.ticketId(),
                message.ticketNumber() == null ? null : storable(message.ticketNumber()),
                message.author() == null ? null : storable(message.author()),
                message.user(),
                storable(message.text())));
    }

    /** Without what no database can store: NUL, and halves of characters. */
    private static String storable(String text) {
        return new String(text.replace("\u0000", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
