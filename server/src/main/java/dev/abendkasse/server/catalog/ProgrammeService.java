package dev.abendkasse.server.catalog;

import dev.abendkasse.server.catalog.domain.PerformanceState;
import dev.abendkasse.server.catalog.store.PerformanceStore;
import dev.abendkasse.server.catalog.store.ProgrammeStore;
import dev.abendkasse.server.catalog.store.SeatingPlanStore;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Sets up events and performances. A performance comes into being with all its places, or not at all. */
@Service
public class ProgrammeService implements Programme {

    private final ProgrammeStore programme;
    private final PerformanceStore performances;
    private final SeatingPlanStore plans;
    private final SeatingPlanService halls;
    private final CatalogProperties properties;
    private final TransactionalOperator transaction;

    ProgrammeService(
            ProgrammeStore programme,
            PerformanceStore performances,
            SeatingPlanStore plans,
            SeatingPlanService halls,
            CatalogProperties properties,
            TransactionalOperator transaction) {
        this.programme = programme;
        this.performances = performances;
        this.plans = plans;
        this.halls = halls;
        this.properties = properties;
        this.transaction = transaction;
    }

    @Override
    public Mono<Boolean> isEmpty() {
        return programme.hasEvents().map(events -> !events);
    }

    @Override
    public Mono<UUID> addHall(JsonNode document) {
        return halls.importPlan(document).map(imported -> imported.plan().seatingPlanId());
    }

    @Override
    public Mono<UUID> addEvent(String title, String description) {
        return programme.insertEvent(title, description);
    }

    /** @param version what the caller is looking at */
    public Mono<UUID> changeEvent(UUID eventId, long version, String title, String description) {
        return programme
                .updateEvent(eventId, version, title, description)
                .switchIfEmpty(Mono.defer(() -> programme.eventExists(eventId).flatMap(ProgrammeService::notChanged)));
    }

    @Override
    public Mono<UUID> addPerformance(UUID eventId, PerformanceDraft draft) {
        return programme
                .now()
                .flatMap(now -> check(draft, now))
                .then(Mono.defer(() -> insert(eventId, draft)))
                .as(transaction::transactional);
    }

    /** @param version what the caller is looking at */
    public Mono<UUID> changePerformance(UUID performanceId, long version, PerformanceDraft draft) {
        return lock(performanceId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.PERFORMANCE_NOT_FOUND)))
                .flatMap(state -> change(performanceId, atVersion(version, state), draft))
                .thenReturn(performanceId)
                .as(transaction::transactional);
    }

    private Mono<PerformanceState> lock(UUID performanceId) {
        return performances
                .lockDeskOrders(performanceId)
                .then(Mono.defer(() -> programme.lockPerformance(performanceId)));
    }

    private Mono<UUID> insert(UUID eventId, PerformanceDraft draft) {
        return performances
                .insert(eventId, draft, properties.currency().getCurrencyCode())
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.EVENT_NOT_FOUND)))
                .flatMap(id -> fill(id, draft).thenReturn(id));
    }

    private Mono<Void> fill(UUID performanceId, PerformanceDraft draft) {
        return performances
                .putCategories(performanceId, draft)
                .then(performances.replacePrices(performanceId, draft))
                .then(performances.addPlaces(performanceId, draft));
    }

    private Mono<Void> change(UUID performanceId, PerformanceState state, PerformanceDraft draft) {
        return earliestStart(state, draft)
                .flatMap(earliest -> check(draft, earliest))
                .then(Mono.defer(() -> performances.update(performanceId, draft)))
                .then(Mono.defer(() -> performances.holdDeskOrders(performanceId)))
                .then(Mono.defer(() -> hasSamePlaces(state, draft)
                        ? changePrices(performanceId, draft)
                        : changePlaces(performanceId, draft)));
    }

    private Mono<Void> changePrices(UUID performanceId, PerformanceDraft draft) {
        return performances.putCategories(performanceId, draft).then(performances.replacePrices(performanceId, draft));
    }

    private Mono<Void> changePlaces(UUID performanceId, PerformanceDraft draft) {
        return performances
                .clear(performanceId)
                .flatMap(cleared -> cleared
                        ? fill(performanceId, draft)
                        : Mono.error(new ProblemException(ProblemType.PERFORMANCE_IN_USE)));
    }

    /** What has begun may still be corrected, as long as the start stays. */
    private Mono<Instant> earliestStart(PerformanceState state, PerformanceDraft draft) {
        return state.startsAt().equals(draft.startsAt()) ? Mono.just(draft.startsAt()) : programme.now();
    }

    private Mono<Void> check(PerformanceDraft draft, Instant earliest) {
        return planCategories(draft)
                .map(categories -> DraftCheck.faults(draft, categories.orElse(null), earliest))
                .flatMap(ProgrammeService::refuseIfAny);
    }

    /** None where the draft names no plan; empty where there is no such plan, for every plan has categories. */
    private Mono<Optional<Set<String>>> planCategories(PerformanceDraft draft) {
        if (draft.seatingPlanId() == null) {
            return Mono.just(Optional.of(Set.of()));
        }
        return plans.categories(draft.seatingPlanId())
                .collect(Collectors.toSet())
                .map(categories -> Optional.of(categories).filter(found -> !found.isEmpty()));
    }

    private static Mono<Void> refuseIfAny(List<Fault> faults) {
        return faults.isEmpty()
                ? Mono.empty()
                : Mono.error(new ProblemException(ProblemType.PROGRAMME_INVALID, faults, Map.of()));
    }

    private static boolean hasSamePlaces(PerformanceState state, PerformanceDraft draft) {
        return Objects.equals(state.seatingPlanId(), draft.seatingPlanId())
                && state.capacities().equals(draft.capacities());
    }

    private static PerformanceState atVersion(long version, PerformanceState state) {
        if (state.version() != version) {
            throw new ProblemException(ProblemType.VERSION_CONFLICT);
        }
        return state;
    }

    private static <T> Mono<T> notChanged(boolean exists) {
        return Mono.error(new ProblemException(exists ? ProblemType.VERSION_CONFLICT : ProblemType.EVENT_NOT_FOUND));
    }
}
