package dev.abendkasse.server.changes.domain;

import dev.abendkasse.server.shared.OrderFailure;
import java.util.List;

/**
 * A step of carrying a change out.
 *
 * @param failed orders that could not be changed now, and are tried again when no other is left
 */
public record Step(Progress progress, List<OrderFailure> failed) {

    public Step {
        failed = List.copyOf(failed);
    }
}
