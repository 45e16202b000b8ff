package dev.abendkasse.server.order.domain;

import dev.abendkasse.server.shared.OrderFailure;
import java.util.List;

/**
 * Orders whose time has passed.
 *
 * @param expired how many have been ended
 * @param failed those that could not be ended
 */
public record Expiry(int expired, List<OrderFailure> failed) {

    public Expiry {
        failed = List.copyOf(failed);
    }
}
