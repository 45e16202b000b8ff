package dev.abendkasse.server.helpdesk.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.helpdesk.domain.DeskCase;
import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskMessage;
import dev.abendkasse.server.helpdesk.domain.Receipt;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the help desk is to be told, and what it says; the functions are those of R__7_help_desk.sql. */
@Repository
public class EntryStore {

    private final Functions functions;

    EntryStore(Functions functions) {
        this.functions = functions;
    }

    private record Next(String caseNumber, String helpDesk, boolean withBuyer) {}

    private record End(
            UUID entryId,
            String caseNumber,
            String helpDesk,
            DeskCase.@Nullable Ticket ticket,
            @Nullable String remoteId,
            @Nullable String remoteUser) {}

    /** The first thing that the help desk has not been told of a case, which counts as tried from now on. Empty when it knows all. */
    public Mono<DeskEntry> next(String caseNumber, String helpDesk, boolean withBuyer) {
        return functions
                .call("next_for_help_desk", new Next(caseNumber, helpDesk, withBuyer))
                .filter(answer -> answer.has("entry"))
                .map(answer -> functions.read(answer.get("entry"), DeskEntry.class));
    }

    /** The help desk has it. True, always. */
    public Mono<Boolean> end(DeskEntry entry, String helpDesk, Receipt receipt) {
        var end = new End(
                entry.entryId(),
                entry.about().caseNumber(),
                helpDesk,
                receipt.ticket(),
                receipt.remoteId(),
                receipt.remoteUser());
        return functions.call("end_for_help_desk", end).thenReturn(true);
    }

    /** It need not be told any more what it has not been told of a case. */
    public Mono<Void> drop(String caseNumber) {
        return functions
                .call("drop_for_help_desk", Map.of("caseNumber", caseNumber))
                .then();
    }

    /** False when it belongs to no case. */
    public Mono<Boolean> keep(DeskMessage message) {
        return functions.call("keep_help_desk_message", message).map(answer -> !answer.has("refused"));
    }
}
