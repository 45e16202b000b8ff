package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a cart. */
public sealed interface CheckoutOutcome {

    record Confirmed(OrderView order) implements CheckoutOutcome {}

    record PaymentRequired(UUID orderId, PaymentView payment) implements CheckoutOutcome {}

    record Reserved(OrderView order) implements CheckoutOutcome {}

    record UnderReview(OrderView order, String caseNumber) implements CheckoutOutcome {}

    record Redirect(String location) implements CheckoutOutcome {}

    /**
     * Nothing was changed.
     *
     * @param present the cart as it is, if it is not the version stated
     */
    record Refused(ProblemType problem, @Nullable CartView present) implements CheckoutOutcome {}
}
