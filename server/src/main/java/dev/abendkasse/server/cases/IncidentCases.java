package dev.abendkasse.server.cases;

import dev.abendkasse.server.cases.domain.CaseCommand;
import dev.abendkasse.server.cases.domain.CaseResult;
import dev.abendkasse.server.cases.store.CaseStore;
import dev.abendkasse.server.paymentlink.PaymentLinks;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Approves the cases of an incident, each as if it were approved alone. */
@Service
public class IncidentCases {

    private final CaseStore cases;
    private final PaymentLinks links;

    IncidentCases(CaseStore cases, PaymentLinks links) {
        this.cases = cases;
        this.links = links;
    }

    /** Why it could not be approved, if it could not. In a transaction of its own. */
    public Mono<Optional<ProblemType>> approve(
            UUID incident, String caseNumber, long version, String by, String reason) {
        var link = links.newIdentity();
        return cases.execute(new CaseCommand.Approve(
                        caseNumber,
                        new Actor(by, null, false, false),
                        version,
                        reason,
                        null,
                        link.linkId(),
                        link.tokenHash(),
                        incident,
                        null))
                .map(result -> result instanceof CaseResult.Refused<?> refused
                        ? Optional.of(refused.problem())
                        : Optional.empty());
    }
}
