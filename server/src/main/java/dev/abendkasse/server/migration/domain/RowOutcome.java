package dev.abendkasse.server.migration.domain;

/** What becomes of a row. */
public enum RowOutcome {
    MIGRATED,

    /** There is an account, and no password with which its owner could sign in. */
    NEEDS_CLAIM,

    /** Another row, or an account here, stands for it. */
    MERGED,

    /** It is in the way of another row, or of an account here. */
    CONFLICT,

    /** It cannot be read. */
    REJECTED
}
