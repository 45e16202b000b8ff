package dev.abendkasse.server.gate.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.gate.domain.ChangeCursor;
import dev.abendkasse.server.gate.domain.CheckIn;
import dev.abendkasse.server.gate.domain.CheckInCommand;
import dev.abendkasse.server.gate.domain.TicketChange;
import dev.abendkasse.server.gate.domain.TicketChanges;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Tickets at the gate; the functions of R__6_gate.sql and the changes of R__4_tickets.sql. */
@Repository
public class GateStore {

    private final Functions functions;

    GateStore(Functions functions) {
        this.functions = functions;
    }

    /** One answer for each scan, in their order. */
    public Mono<List<CheckIn>> checkIn(CheckInCommand command) {
        return functions.call("check_in", command).map(answer -> all(answer, "checkIns", CheckIn.class));
    }

    /** What has changed about a performance's tickets. */
    public Mono<TicketChanges> changes(UUID performanceId, ChangeCursor after, int limit) {
        var query = Map.of("performanceId", performanceId, "after", after.number(), "limit", limit + 1);
        return functions
                .call("ticket_changes", query)
                .map(answer -> TicketChanges.of(all(answer, "changes", TicketChange.class), limit, after));
    }

    private <T> List<T> all(JsonNode answer, String member, Class<T> type) {
        if (answer.has("refused")) {
            throw new ProblemException(ProblemType.valueOf(answer.get("refused").asString()));
        }
        return answer.get(member)
                .valueStream()
                .map(one -> functions.read(one, type))
                .toList();
    }
}
