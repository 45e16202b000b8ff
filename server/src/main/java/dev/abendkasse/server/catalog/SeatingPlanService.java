package dev.abendkasse.server.catalog;

import dev.abendkasse.server.catalog.domain.CategoryKeys;
import dev.abendkasse.server.catalog.domain.Cursor;
import dev.abendkasse.server.catalog.domain.HallPlan;
import dev.abendkasse.server.catalog.domain.HallSummary;
import dev.abendkasse.server.catalog.plan.Finding;
import dev.abendkasse.server.catalog.plan.PlanCategory;
import dev.abendkasse.server.catalog.plan.SeatingPlan;
import dev.abendkasse.server.catalog.plan.SeatingPlanReader;
import dev.abendkasse.server.catalog.plan.SeatingPlanReading;
import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Accepted;
import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Rejected;
import dev.abendkasse.server.catalog.store.SeatingPlanStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Imports halls. A plan never changes afterwards. */
@Service
public class SeatingPlanService {

    private final SeatingPlanStore plans;
    private final TransactionalOperator transaction;

    SeatingPlanService(SeatingPlanStore plans, TransactionalOperator transaction) {
        this.plans = plans;
        this.transaction = transaction;
    }

    /** What became of an import. */
    public record Imported(HallPlan plan, List<Finding> warnings) {}

    public Mono<Imported> importPlan(JsonNode document) {
        return read(document)
                .flatMap(accepted -> insert(accepted.plan())
                        .flatMap(plans::find)
                        .map(plan -> new Imported(plan, accepted.warnings())))
                .as(transaction::transactional);
    }

    public Mono<HallPlan> find(UUID planId) {
        return plans.find(planId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.SEATING_PLAN_NOT_FOUND)));
    }

    /** @param before the last id of the page before */
    public Mono<Page<HallSummary>> list(@Nullable UUID before, int limit) {
        return plans.list(before, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, plan -> Cursor.of(plan.seatingPlanId())));
    }

    private Mono<UUID> insert(SeatingPlan plan) {
        return plans.insert(plan, keys(plan.categories()));
    }

    /** A large document takes a while to read, too long for a thread that serves others. */
    private static Mono<Accepted> read(JsonNode document) {
        return Mono.fromCallable(() -> acceptedOrProblem(SeatingPlanReader.read(document)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Accepted acceptedOrProblem(SeatingPlanReading reading) {
        return switch (reading) {
            case Accepted accepted -> accepted;
            case Rejected(var faults) ->
                throw new ProblemException(ProblemType.SEATING_PLAN_INVALID, toFaults(faults), Map.of());
        };
    }

    private static List<Fault> toFaults(List<Finding> findings) {
        return findings.stream()
                .map(finding -> Fault.at(finding.pointer(), finding.message()))
                .toList();
    }

    private static Map<String, String> keys(List<PlanCategory> categories) {
        return CategoryKeys.of(categories.stream().map(PlanCategory::name).toList());
    }
}
