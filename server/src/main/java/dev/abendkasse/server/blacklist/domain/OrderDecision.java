package dev.abendkasse.server.blacklist.domain;

import java.util.UUID;

/** What becomes of an open order of somebody who is blocked. */
public record OrderDecision(UUID orderId, Decision decision) {

    /** Whether it goes on. */
    public enum Decision {
        /** As if nothing had happened. */
        KEEP,
        /** It is cancelled. */
        END
    }
}
