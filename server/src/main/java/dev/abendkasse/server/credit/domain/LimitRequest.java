package dev.abendkasse.server.credit.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's wish for another limit. The names of the components are those that the database reads.
 *
 * @param limit in minor units
 * @param caseNumbers to choose a new one from
 */
public record LimitRequest(
        UUID customerId,
        long limit,
        String currency,
        @Nullable String reason,
        List<String> caseNumbers,
        Idempotency repeat) {

    public LimitRequest {
        caseNumbers = List.copyOf(caseNumbers);
    }
}
