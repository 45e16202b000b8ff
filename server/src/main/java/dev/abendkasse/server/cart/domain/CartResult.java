package dev.abendkasse.server.cart.domain;

import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a command on a cart. */
public sealed interface CartResult {

    /** Done; this is the cart now. */
    record Changed(CartView cart) implements CartResult {}

    /**
     * Nothing was changed.
     *
     * @param seatIds the seats in the way, if that was the reason
     * @param index which of the seats asked for is unknown, if that was the reason
     * @param present the cart as it is, if it is not the version stated
     */
    record Refused(
            ProblemType problem,
            List<String> seatIds,
            @Nullable Integer index,
            @Nullable CartView present) implements CartResult {}
}
