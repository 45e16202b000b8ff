package dev.abendkasse.server.gate.web;

import dev.abendkasse.api.GateApi;
import dev.abendkasse.api.TicketKeysApi;
import dev.abendkasse.api.model.CheckIn;
import dev.abendkasse.api.model.CheckInBatch;
import dev.abendkasse.api.model.CheckInBatchResult;
import dev.abendkasse.api.model.CheckInRequest;
import dev.abendkasse.api.model.TicketChangePage;
import dev.abendkasse.api.model.TicketKeySet;
import dev.abendkasse.server.gate.CheckIns;
import dev.abendkasse.server.gate.GateDesk;
import dev.abendkasse.server.gate.Scan;
import dev.abendkasse.server.gate.domain.ChangeCursor;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.ticket.TicketCodes;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class GateController implements GateApi, TicketKeysApi {

    private final CheckIns checkIns;
    private final TicketCodes codes;
    private final Commands commands;
    private final Repeats repeats;

    GateController(CheckIns checkIns, TicketCodes codes, Commands commands, Repeats repeats) {
        this.checkIns = checkIns;
        this.codes = codes;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<CheckIn>> checkIn(
            UUID idempotencyKey, Mono<CheckInRequest> body, ServerWebExchange exchange) {
        return body.flatMap(request -> checkIn(
                        "checkIn:", request.getGate(), idempotencyKey, GateMapper.toScans(request, idempotencyKey)))
                .map(List::getFirst)
                .map(GateMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<CheckInBatchResult>> checkInBatch(
            UUID idempotencyKey, Mono<CheckInBatch> body, ServerWebExchange exchange) {
        return body.flatMap(batch -> {
            var scans = GateMapper.toScans(batch);
            return checkIn("checkInBatch:", batch.getGate(), idempotencyKey, scans)
                    .map(answers -> ResponseEntity.ok(GateMapper.toContract(scans, answers)));
        });
    }

    @Override
    public Mono<ResponseEntity<TicketKeySet>> listTicketKeys(ServerWebExchange exchange) {
        return codes.keys().map(GateMapper::toContract).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<TicketKeySet>> rotateTicketKey(ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(codes.rotate(by)))
                .map(GateMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<TicketChangePage>> listTicketChanges(
            UUID performanceId, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return checkIns.changes(performanceId, read(cursor), limit)
                .map(GateMapper::toContract)
                .map(ResponseEntity::ok);
    }

    private Mono<List<dev.abendkasse.server.gate.domain.CheckIn>> checkIn(
            String operation, String gate, UUID key, List<Scan> scans) {
        return Callers.name()
                .flatMap(name -> commands.run(checkIns.checkIn(
                        scans, new GateDesk(gate, name), repeats.of(operation + name, key, gate, scans))));
    }

    private static ChangeCursor read(@Nullable String cursor) {
        try {
            return cursor == null ? ChangeCursor.NONE : ChangeCursor.parse(cursor);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.in("cursor", "{fault.cursor}"));
        }
    }
}
