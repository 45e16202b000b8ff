package dev.abendkasse.server.order.web;

import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.order.domain.OrderResult.Changed;
import dev.abendkasse.server.order.domain.OrderResult.Refused;
import dev.abendkasse.server.order.domain.OrderResult.Released;
import dev.abendkasse.server.order.domain.OrderResult.Started;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.web.PaymentProblems;

/** Takes from a result what the operation promises, or says why there is none. */
final class OrderResults {

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
            throw PaymentProblems.of(problem);
        }
        throw new IllegalStateException("Not what was asked for: " + result);
    }
}
