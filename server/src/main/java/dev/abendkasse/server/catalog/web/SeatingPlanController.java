package dev.abendkasse.server.catalog.web;

import dev.abendkasse.api.SeatingPlansApi;
import dev.abendkasse.api.model.SeatingPlan;
import dev.abendkasse.api.model.SeatingPlanImport;
import dev.abendkasse.api.model.SeatingPlanPage;
import dev.abendkasse.server.catalog.ProgrammeDesk;
import dev.abendkasse.server.catalog.SeatingPlanService;
import dev.abendkasse.server.catalog.domain.Cursor;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

@RestController
class SeatingPlanController implements SeatingPlansApi {

    private final SeatingPlanService plans;
    private final ProgrammeDesk programme;
    private final Commands commands;

    SeatingPlanController(SeatingPlanService plans, ProgrammeDesk programme, Commands commands) {
        this.plans = plans;
        this.programme = programme;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<SeatingPlanImport>> importSeatingPlan(
            Mono<JsonNode> document, ServerWebExchange exchange) {
        return document.zipWith(Callers.name(), programme::importPlan)
                .flatMap(commands::run)
                .map(SeatingPlanMapper::toContract)
                .map(ResponseEntity.status(HttpStatus.CREATED)::body);
    }

    @Override
    public Mono<ResponseEntity<SeatingPlanPage>> listSeatingPlans(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var before = Cursors.read(cursor, Cursor::afterId).orElse(null);
        return plans.list(before, limit).map(SeatingPlanMapper::toPage).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<SeatingPlan>> getSeatingPlan(UUID seatingPlanId, ServerWebExchange exchange) {
        return plans.find(seatingPlanId).map(SeatingPlanMapper::toContract).map(ResponseEntity::ok);
    }
}
