package dev.abendkasse.server.redirects.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell, by one of account and address, after they have proven who they are.
 *
 * @param proof what was shown
 * @param checkedBy who has looked at it; null: whoever asks
 * @param language {@code de} or {@code en}
 */
public record DisclosureRequest(
        @Nullable UUID customerId,
        @Nullable String email,
        String proof,
        @Nullable String checkedBy,
        String language) {

    public DisclosureRequest {
        if ((customerId == null) == (email == null)) {
            throw new IllegalArgumentException("A disclosure needs a customer or an address, and not both");
        }
    }
}
