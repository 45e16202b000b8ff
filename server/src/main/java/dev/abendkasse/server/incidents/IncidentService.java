package dev.abendkasse.server.incidents;

import dev.abendkasse.server.cases.IncidentCases;
import dev.abendkasse.server.incidents.domain.Incident;
import dev.abendkasse.server.incidents.domain.SettleCommand;
import dev.abendkasse.server.incidents.domain.Settlement;
import dev.abendkasse.server.incidents.store.IncidentStore;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Incidents for staff: what there was, and sending the payment links of one in one go. */
@Service
public class IncidentService {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentService.class);

    /** How many cases are approved in one go. */
    static final int MOST = 500;

    private final IncidentStore incidents;
    private final IncidentCases cases;

    IncidentService(IncidentStore incidents, IncidentCases cases) {
        this.incidents = incidents;
        this.cases = cases;
    }

    /** Empty when there is none. */
    public Mono<Incident> find(UUID incident) {
        return incidents.find(incident);
    }

    /** The latest first. */
    public Mono<Page<Incident>> list(@Nullable TimeCursor<UUID> after, int limit) {
        return incidents
                .list(after, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, IncidentService::cursor));
    }

    /**
     * Approves the cases of an incident that is over, one after the other and each in a transaction of its own. When it is cut off
     * what was approved stays approved, and doing it again goes on with the rest.
     *
     * @param by who does it
     */
    public Mono<Settlement> settle(UUID incident, String by, String reason, Idempotency repeat) {
        var command = new SettleCommand(incident, new Actor(by, null, false, false), reason, MOST, repeat);
        return incidents.toSettle(command).flatMap(settlement -> switch (settlement) {
            case Settlement.Begun(var waiting) -> approveAll(waiting, command);
            case Settlement.Done _, Settlement.Refused _ -> Mono.just(settlement);
        });
    }

    private Mono<Settlement> approveAll(List<Settlement.Waiting> waiting, SettleCommand command) {
        return Flux.fromIterable(waiting)
                .concatMap(one -> approve(one, command))
                .collectList()
                .map(failures -> failures.stream().flatMap(Optional::stream).toList())
                .flatMap(failures -> incidents.settled(new IncidentStore.Outcome(
                        command.incidentId(),
                        command.actor(),
                        command.reason(),
                        waiting.size() - failures.size(),
                        failures,
                        command.repeat())));
    }

    private Mono<Optional<Settlement.Failure>> approve(Settlement.Waiting one, SettleCommand command) {
        var by = command.actor().name();
        return cases.approve(command.incidentId(), one.caseNumber(), one.version(), by, command.reason())
                .onErrorResume(error -> broken(one, error))
                .map(problem ->
                        problem.map(ProblemType::code).map(code -> new Settlement.Failure(one.caseNumber(), code)));
    }

    /** One that cannot be approved for a fault of ours must not stand in the way of all that come after it. */
    private static Mono<Optional<ProblemType>> broken(Settlement.Waiting one, Throwable error) {
        LOG.error("Case {} cannot be approved", one.caseNumber(), error);
        return Mono.just(Optional.of(ProblemType.INTERNAL_ERROR));
    }

    private static String cursor(Incident last) {
        return new TimeCursor<>(last.beganAt(), last.incidentId()).text();
    }
}
