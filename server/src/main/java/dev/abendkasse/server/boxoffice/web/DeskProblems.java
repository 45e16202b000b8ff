package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.boxoffice.domain.DeskResult.Refusal;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.CartViews;
import dev.abendkasse.server.web.Selections;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says why something could not be done at the box office, and what to do about it. */
@Component
class DeskProblems {

    /** Which field of a request it is about. */
    private static final Map<ProblemType, Fault> FAULTS = Map.of(
            ProblemType.AMOUNT_DIFFERS, Fault.at("#/amount", "{fault.amount}"),
            ProblemType.DEADLINE_SHORTENED, Fault.at("#/payUntil", "{fault.promised-later}"),
            ProblemType.PAY_UNTIL_INVALID, Fault.at("#/payUntil", "{fault.invalid}"),
            ProblemType.PURCHASE_CHANGED, Fault.at("#/version", "{fault.old-version}"),
            ProblemType.REASON_REQUIRED, Fault.at("#/reason", "{fault.missing}"),
            ProblemType.TENDERED_TOO_LOW, Fault.at("#/tendered", "{fault.less-than-amount}"));

    private final CartViews carts;

    DeskProblems(CartViews carts) {
        this.carts = carts;
    }

    <T> T doneOrProblem(DeskResult<T> result) {
        return doneOrProblem(result, "#");
    }

    /** @param selection where what is to be held stands in the request */
    <T> T doneOrProblem(DeskResult<T> result, String selection) {
        return switch (result) {
            case DeskResult.Done<T>(var done) -> done;
            case DeskResult.Refused<T>(var why) -> throw problem(why, selection);
        };
    }

    private ProblemException problem(Refusal why, String selection) {
        var wait = why.retryAfter() == null ? null : Duration.ofSeconds(why.retryAfter());
        return new ProblemException(why.refused(), faults(why, selection), members(why), wait);
    }

    private static List<Fault> faults(Refusal why, String selection) {
        var fault = FAULTS.get(why.refused());
        return fault == null ? Selections.faults(why.refused(), why.index(), selection) : List.of(fault);
    }

    private Map<String, Object> members(Refusal why) {
        var members = new HashMap<String, Object>();
        put(members, "seatIds", why.seatIds());
        put(members, "cart", why.cart() == null ? null : carts.toContract(why.cart()));
        put(members, "order", why.order() == null ? null : DeskOrderMapper.toContract(why.order()));
        put(members, "clerk", why.clerk());
        put(members, "cartId", why.cartId());
        put(members, "orderId", why.orderId());
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
