package dev.abendkasse.server.changes.web;

import dev.abendkasse.api.model.CancellationRequest;
import dev.abendkasse.api.model.PerformanceChangeKind;
import dev.abendkasse.api.model.PerformanceChangeState;
import dev.abendkasse.api.model.PerformanceImpact;
import dev.abendkasse.api.model.PostponementRequest;
import dev.abendkasse.server.changes.domain.ChangeOrder;
import dev.abendkasse.server.changes.domain.ChangeResult;
import dev.abendkasse.server.changes.domain.ChangeResult.Begun;
import dev.abendkasse.server.changes.domain.ChangeResult.Counted;
import dev.abendkasse.server.changes.domain.ChangeResult.Refused;
import dev.abendkasse.server.changes.domain.Impact;
import dev.abendkasse.server.changes.domain.PerformanceChange;
import dev.abendkasse.server.changes.domain.PerformanceChange.Kind;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.UUID;

/** Contract types on one side, domain types on the other. */
final class ChangeMapper {

    private ChangeMapper() {}

    static ChangeOrder cancellation(UUID performance, CancellationRequest request, String by, Idempotency repeat) {
        return new ChangeOrder(performance, Kind.CANCELLATION, null, null, request.getReason(), by, repeat);
    }

    static ChangeOrder postponement(UUID performance, PostponementRequest request, String by, Idempotency repeat) {
        if (request.getRefundUntil().isAfter(request.getStartsAt())) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, Fault.at("#/refundUntil", "{fault.after-the-start}"));
        }
        return new ChangeOrder(
                performance,
                Kind.POSTPONEMENT,
                request.getStartsAt(),
                request.getRefundUntil(),
                request.getReason(),
                by,
                repeat);
    }

    static dev.abendkasse.api.model.PerformanceChange toBegun(ChangeResult result) {
        return result instanceof Begun(var change) ? toContract(change) : refuse(result);
    }

    static PerformanceImpact toImpact(ChangeResult result) {
        return result instanceof Counted(var impact) ? toContract(impact) : refuse(result);
    }

    static dev.abendkasse.api.model.PerformanceChange toContract(PerformanceChange change) {
        return new dev.abendkasse.api.model.PerformanceChange(
                        change.changeId(),
                        change.performanceId(),
                        PerformanceChangeKind.valueOf(change.kind().name()),
                        PerformanceChangeState.valueOf(change.state().name()),
                        change.createdAt(),
                        change.carts(),
                        change.orders(),
                        change.refunds())
                .endedAt(change.endedAt());
    }

    private static PerformanceImpact toContract(Impact impact) {
        return new PerformanceImpact(
                impact.openCarts(),
                impact.unpaidOrders(),
                impact.confirmed(),
                impact.underReview(),
                impact.tickets(),
                impact.links(),
                PurchaseMapper.toContract(impact.refund().money()),
                PurchaseMapper.toContract(impact.byHand().money()));
    }

    private static <T> T refuse(ChangeResult result) {
        if (result instanceof Refused(var problem, var fault)) {
            throw switch (fault) {
                case "PAST" -> new ProblemException(problem, Fault.at("#/refundUntil", "{fault.not-in-the-future}"));
                case "NOT_LATER" -> new ProblemException(problem, Fault.at("#/startsAt", "{fault.not-later}"));
                default -> new ProblemException(problem);
            };
        }
        throw new IllegalStateException("Not what was asked for: " + result);
    }
}
