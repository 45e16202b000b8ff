package dev.abendkasse.server.changes.domain;

/** How it went on with a change. */
public enum Progress {
    MORE,
    DONE,
    /** Only orders are left that could not be changed. */
    STUCK,
    /** Somebody else is at it. */
    BUSY
}
