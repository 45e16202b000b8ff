package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was said. Never changed; what is about the person can be taken out.
 *
 * @param wording of an import: the words, as the former shop calls them
 * @param fromAddress where on the Internet it came from; of IPv6 the network only
 */
public record ConsentFact(
        Kind kind,
        Instant at,
        Source source,
        @Nullable Integer wordingVersion,
        @Nullable String wording,
        @Nullable String email,
        @Nullable String fromAddress,
        @Nullable String note,
        @Nullable String by) {

    /** What was said. */
    public enum Kind {
        REQUESTED,
        CONFIRMED,
        IMPORTED,
        WITHDRAWN
    }

    /** How. */
    public enum Source {
        SHOP,
        ACCOUNT,
        MAIL,
        ONE_CLICK,
        STAFF,
        COMPLAINT,
        FORMER_SHOP,
        MERGE
    }
}
