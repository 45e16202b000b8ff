package dev.abendkasse.server.refund.domain;

import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What came of a command. */
public sealed interface RefundResult {

    /** The order as it is now, and the money that is on its way because of this. */
    record Given(OrderView order, List<Refund> refunds) implements RefundResult {}

    /** What can be given back, and what has been. */
    record Offered(List<Returnable> items, List<Refund> refunds) implements RefundResult {}

    /** A refund that was handed over. */
    record Confirmed(Refund refund) implements RefundResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements RefundResult {}

    /** An item that can be given back. */
    record Returnable(UUID itemId, Instant until, Price fee, Price refund) {}
}
