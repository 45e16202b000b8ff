package dev.abendkasse.server.migration.formershop;

import org.jspecify.annotations.Nullable;

/**
 * What must become of a row.
 *
 * @param reason null: it is as it should be
 * @param column where the reason is; null: in no one of them
 */
public record Fate(
        Outcome outcome, @Nullable String reason, @Nullable Column column) {

    public enum Outcome {
        MIGRATED,
        NEEDS_CLAIM,
        MERGED,
        CONFLICT,
        REJECTED
    }

    static Fate migrated() {
        return new Fate(Outcome.MIGRATED, null, null);
    }

    static Fate needsClaim(String reason) {
        return new Fate(Outcome.NEEDS_CLAIM, reason, Column.PASSWORD_HASH);
    }

    /** A later row of the same customer stands for this one. */
    static Fate superseded() {
        return new Fate(Outcome.MERGED, "SUPERSEDED", Column.CUSTOMER_NUMBER);
    }

    static Fate conflict(String reason, Column column) {
        return new Fate(Outcome.CONFLICT, reason, column);
    }

    static Fate rejected(String reason, @Nullable Column column) {
        return new Fate(Outcome.REJECTED, reason, column);
    }

    /** Whether there is an account for the row afterwards. */
    public boolean hasAccount() {
        return outcome == Outcome.MIGRATED || outcome == Outcome.NEEDS_CLAIM;
    }

    @Override
    public String toString() {
        return outcome + (reason == null ? "" : " " + reason) + (column == null ? "" : " in " + column.title());
    }
}
