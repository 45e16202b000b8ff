package dev.abendkasse.server.newsletter.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says what became of a mail.
 *
 * @param eventKey the same whenever it is said again
 * @param deliveryId the mail's id
 * @param status as RFC 3463 has it
 */
public record Bounce(
        String eventKey,
        UUID deliveryId,
        Kind kind,
        @Nullable String status) {

    /** What became of it. */
    public enum Kind {
        /** Cannot be delivered, ever. */
        HARD,
        /** Not now. */
        SOFT,
        /** Its reader called it spam. */
        COMPLAINT
    }
}
