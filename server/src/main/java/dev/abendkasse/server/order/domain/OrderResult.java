package dev.abendkasse.server.order.domain;

import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.UUID;

/** What became of a command on an order. */
public sealed interface OrderResult {

    /** Done, or looked up; this is the order now. */
    record Changed(OrderView order) implements OrderResult {}

    record Released(CartView cart) implements OrderResult {}

    /** A new attempt, which the provider does not have yet. */
    record Started(PaymentView payment) implements OrderResult {}

    /** An attempt made under the same key before; the provider may or may not have it. */
    record StartedBefore(UUID paymentId) implements OrderResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements OrderResult {}
}
