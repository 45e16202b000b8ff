package dev.abendkasse.server.hotline.domain;

import java.util.UUID;

/** What staff do with an account. The names of the components are those that the database reads. */
public sealed interface AccountCommand {

    /** @param by who does it */
    record Lock(UUID customerId, String reason, String by) implements AccountCommand {}

    record Unlock(UUID customerId, String reason, String by) implements AccountCommand {}

    /** @param seconds how long its link works */
    record SendLink(UUID customerId, Kind kind, double seconds, String by) implements AccountCommand {}

    /** What a link is for. */
    enum Kind {
        CLAIM,
        RESET
    }
}
