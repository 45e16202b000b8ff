package dev.abendkasse.server.incidents.web;

import dev.abendkasse.api.IncidentsApi;
import dev.abendkasse.api.model.Incident;
import dev.abendkasse.api.model.IncidentPage;
import dev.abendkasse.api.model.IncidentResolution;
import dev.abendkasse.api.model.IncidentResolutionRequest;
import dev.abendkasse.server.incidents.IncidentService;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class IncidentController implements IncidentsApi {

    private final IncidentService incidents;
    private final Commands commands;
    private final Repeats repeats;

    IncidentController(IncidentService incidents, Commands commands, Repeats repeats) {
        this.incidents = incidents;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<IncidentPage>> listIncidents(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return incidents
                .list(TimeCursors.read(cursor, UUID::fromString), limit)
                .map(IncidentMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Incident>> getIncident(UUID incidentId, ServerWebExchange exchange) {
        return incidents
                .find(incidentId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.INCIDENT_NOT_FOUND)))
                .map(IncidentMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<IncidentResolution>> settleIncident(
            UUID incidentId, UUID idempotencyKey, Mono<IncidentResolutionRequest> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (request, by) -> incidents.settle(
                                incidentId,
                                by,
                                request.getReason(),
                                repeats.of("settleIncident:" + by, idempotencyKey, incidentId, request)))
                .flatMap(commands::run)
                .map(IncidentMapper::doneOrProblem)
                .map(ResponseEntity::ok);
    }
}
