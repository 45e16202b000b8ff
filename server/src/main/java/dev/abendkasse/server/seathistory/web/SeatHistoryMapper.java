package dev.abendkasse.server.seathistory.web;

import dev.abendkasse.api.model.PurchaseKind;
import dev.abendkasse.api.model.SeatHistory;
import dev.abendkasse.api.model.SeatHoldEnd;
import dev.abendkasse.api.model.SeatReason;
import dev.abendkasse.api.model.SeatState;
import dev.abendkasse.server.seathistory.domain.SeatAnswer;
import dev.abendkasse.server.seathistory.domain.SeatHold;
import dev.abendkasse.server.seathistory.domain.SeatQuestion;
import dev.abendkasse.server.security.Caller;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. Names of kinds and reasons are the same on both. */
final class SeatHistoryMapper {

    private static final String OWN_STAFF = "box-office";

    private SeatHistoryMapper() {}

    static SeatQuestion toQuestion(
            Caller caller, UUID performanceId, String seatId, @Nullable TimeCursor<Long> before, int limit) {
        return switch (caller) {
            case Caller.Staff(var name, var scopes) -> ask(name, scopes, performanceId, seatId, before, limit);
            case Caller.Client(var id, var scopes) -> ask(id, scopes, performanceId, seatId, before, limit);
            case Caller.Customer _, Caller.Anonymous _ -> throw new ProblemException(ProblemType.FORBIDDEN);
        };
    }

    static SeatHistory toContract(SeatAnswer answer) {
        return switch (answer) {
            case SeatAnswer.Known known -> toContract(known);
            case SeatAnswer.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    /** Whoever is not own staff is told of what it has sold. */
    private static SeatQuestion ask(
            String by,
            Set<String> scopes,
            UUID performanceId,
            String seatId,
            @Nullable TimeCursor<Long> before,
            int limit) {
        return new SeatQuestion(
                by,
                performanceId,
                seatId,
                scopes.contains(OWN_STAFF) ? null : by,
                before == null ? null : before.at(),
                before == null ? null : before.id(),
                limit);
    }

    private static SeatHistory toContract(SeatAnswer.Known known) {
        var now = known.now();
        var reason = now.reason();
        return new SeatHistory()
                .state(SeatState.valueOf(now.state().name()))
                .reason(reason == null ? null : SeatReason.valueOf(reason.name()))
                .heldUntil(now.heldUntil())
                .holds(known.holds().items().stream()
                        .map(SeatHistoryMapper::toContract)
                        .toList())
                .nextCursor(known.holds().nextCursor());
    }

    private static dev.abendkasse.api.model.SeatHold toContract(SeatHold hold) {
        var end = hold.end();
        return new dev.abendkasse.api.model.SeatHold()
                .kind(PurchaseKind.valueOf(hold.kind().name()))
                .cartId(hold.cartId())
                .pickupCode(hold.pickupCode())
                .orderId(hold.orderId())
                .orderNumber(hold.orderNumber())
                .buyerName(hold.buyerName())
                .from(hold.from())
                .until(hold.until())
                .end(end == null ? null : SeatHoldEnd.valueOf(end.name()));
    }
}
