package dev.abendkasse.server.credit.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer may owe and owes, in minor units.
 *
 * @param limit the customer's own; null when the installation's default applies
 * @param version of the limit; what is owed does not change it
 */
public record CreditAccount(UUID customerId, @Nullable Long limit, long exposure, long version) {

    public long limitOr(long defaultLimit) {
        return limit == null ? defaultLimit : limit;
    }

    /** Nothing, rather than less, where the limit was lowered below what is owed. */
    public long remaining(long defaultLimit) {
        return Math.max(0, limitOr(defaultLimit) - exposure);
    }
}
