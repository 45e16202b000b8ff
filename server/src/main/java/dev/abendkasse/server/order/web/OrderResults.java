package dev.abendkasse.server.order.web;

import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.order.domain.OrderResult.Changed;
import dev.abendkasse.server.order.domain.OrderResult.Refused;
import dev.abendkasse.server.order.domain.OrderResult.Released;
import dev.abendkasse.server.order.domain.OrderResult.Started;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Map;

/** Takes from a result what the operation promises, or says why there is none. */
final class OrderResults {

    private static final Map<ProblemType, Fault> FAULTS = Map.of(
            ProblemType.PAYMENT_METHOD_NOT_AVAILABLE, Fault.at("#/method", "{fault.not-available}"),
            ProblemType.RETURN_URL_NOT_ALLOWED, Fault.at("#/returnUrl", "{fault.not-registered}"));

    private OrderResults() {}

    static OrderView changed(OrderResult result) {
        return result instanceof Changed(var order) ? order : refuse(result);
    }

    static CartView released(OrderResult result) {
        return result instanceof Released(var cart) ? cart : refuse(result);
    }

    static PaymentView started(OrderResult result) {
        return result instanceof Started(var payment) ? payment : refuse(result);
    }

    private static <T> T refuse(OrderResult result) {
        if (result instanceof Refused(var problem)) {
            throw FAULTS.containsKey(problem)
                    ? new ProblemException(problem, FAULTS.get(problem))
                    : new ProblemException(problem);
        }
        throw new IllegalStateException("Not what was asked for: " + result);
    }
}
