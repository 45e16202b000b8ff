package dev.abendkasse.server.gate;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.ticket.TicketCodes;
import dev.abendkasse.server.ticket.TicketKey;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Has tickets signed with a new key. */
@Service
public class KeyChange {

    private final TicketCodes codes;
    private final Audit audit;

    KeyChange(TicketCodes codes, Audit audit) {
        this.codes = codes;
        this.audit = audit;
    }

    /** All keys, the new one first. */
    public Mono<List<TicketKey>> rotate(String by) {
        return codes.rotate(audit.note(AuditNote.of(by, "ticket-key.rotate", null)));
    }
}
