package dev.abendkasse.server.incidents.web;

import dev.abendkasse.api.model.IncidentFailure;
import dev.abendkasse.api.model.IncidentPage;
import dev.abendkasse.api.model.IncidentResolution;
import dev.abendkasse.server.incidents.domain.Incident;
import dev.abendkasse.server.incidents.domain.Settlement;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;

/** Contract types on one side, domain types on the other. */
final class IncidentMapper {

    private IncidentMapper() {}

    static IncidentPage toPage(Page<Incident> page) {
        return new IncidentPage()
                .items(page.items().stream().map(IncidentMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.Incident toContract(Incident incident) {
        return new dev.abendkasse.api.model.Incident(
                        incident.incidentId(),
                        incident.upstream(),
                        incident.beganAt(),
                        incident.cases(),
                        incident.openCases())
                .backAt(incident.backAt());
    }

    static IncidentResolution doneOrProblem(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Done(var approved, var left, var failures) ->
                new IncidentResolution(
                        approved,
                        left,
                        failures.stream().map(IncidentMapper::toContract).toList());
            case Settlement.Refused(var problem) -> throw new ProblemException(problem);
            case Settlement.Begun _ -> throw new IllegalStateException("It was begun and not ended");
        };
    }

    private static IncidentFailure toContract(Settlement.Failure failure) {
        return new IncidentFailure(failure.caseNumber(), failure.code());
    }
}
