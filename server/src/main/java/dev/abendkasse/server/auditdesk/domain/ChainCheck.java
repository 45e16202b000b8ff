package dev.abendkasse.server.auditdesk.domain;

import org.jspecify.annotations.Nullable;

/**
 * What a check has found.
 *
 * @param through up to where everything is as it was written
 * @param head the last entry that there should be
 * @param erased how many of the checked entries have had personal data erased
 * @param next where to go on; null: nowhere
 */
public record ChainCheck(
        long from,
        long through,
        long head,
        long erased,
        @Nullable Fault fault,
        @Nullable Long next) {

    /** What can be wrong with an entry. */
    public enum Kind {
        CHANGED,
        REMOVED,
        INSERTED,
        OUT_OF_ORDER,
        CUT,
        REWRITTEN
    }

    /** The first thing that is wrong. */
    public record Fault(long seq, Kind kind) {}
}
