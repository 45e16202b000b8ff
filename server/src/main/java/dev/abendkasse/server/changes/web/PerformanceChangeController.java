package dev.abendkasse.server.changes.web;

import dev.abendkasse.api.PerformanceChangesApi;
import dev.abendkasse.api.model.CancellationRequest;
import dev.abendkasse.api.model.PerformanceChange;
import dev.abendkasse.api.model.PerformanceImpact;
import dev.abendkasse.api.model.PostponementRequest;
import dev.abendkasse.server.changes.PerformanceChanges;
import dev.abendkasse.server.changes.domain.ChangeOrder;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class PerformanceChangeController implements PerformanceChangesApi {

    private final PerformanceChanges changes;
    private final Commands commands;
    private final Repeats repeats;

    PerformanceChangeController(PerformanceChanges changes, Commands commands, Repeats repeats) {
        this.changes = changes;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<PerformanceImpact>> getPerformanceImpact(
            UUID performanceId, ServerWebExchange exchange) {
        return changes.impact(performanceId).map(ChangeMapper::toImpact).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<PerformanceChange>> cancelPerformance(
            UUID performanceId, UUID idempotencyKey, Mono<CancellationRequest> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .map(both -> ChangeMapper.cancellation(
                        performanceId,
                        both.getT1(),
                        both.getT2(),
                        repeats.of("cancelPerformance:" + performanceId, idempotencyKey, both.getT1())))
                .flatMap(this::begin);
    }

    @Override
    public Mono<ResponseEntity<PerformanceChange>> postponePerformance(
            UUID performanceId, UUID idempotencyKey, Mono<PostponementRequest> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .map(both -> ChangeMapper.postponement(
                        performanceId,
                        both.getT1(),
                        both.getT2(),
                        repeats.of("postponePerformance:" + performanceId, idempotencyKey, both.getT1())))
                .flatMap(this::begin);
    }

    @Override
    public Mono<ResponseEntity<PerformanceChange>> getPerformanceChange(UUID changeId, ServerWebExchange exchange) {
        return changes.find(changeId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND)))
                .map(ChangeMapper::toContract)
                .map(ResponseEntity::ok);
    }

    private Mono<ResponseEntity<PerformanceChange>> begin(ChangeOrder order) {
        return commands.run(changes.begin(order))
                .map(ChangeMapper::toBegun)
                .map(ResponseEntity.status(HttpStatus.ACCEPTED)::body);
    }
}
