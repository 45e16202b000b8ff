package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An issue and what has become of it.
 *
 * @param version goes up with everything that staff do with it
 * @param contents by language
 */
public record Issue(
        UUID issueId,
        long version,
        String name,
        Map<String, IssueText> contents,
        State state,
        Instant createdAt,
        String createdBy,
        @Nullable Instant sendAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long noConsent,
        Counts counts) {

    /** How far it is. */
    public enum State {
        DRAFT,
        SCHEDULED,
        SENDING,
        PAUSED,
        SENT,
        CANCELLED
    }

    /**
     * Of mails.
     *
     * @param bounced of those that were sent
     */
    public record Counts(long sent, long waiting, long bounced, List<LeftOut> leftOut) {}

    /** In the language of the reader, or in the one that there is. */
    public IssueText in(String language) {
        var text = contents.get(language);
        return text == null ? contents.values().iterator().next() : text;
    }
}
