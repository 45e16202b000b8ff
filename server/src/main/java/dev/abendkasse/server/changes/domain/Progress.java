package dev.abendkasse.server.changes.domain;

/** How it went on with a change. */
public enum Progress {
    MORE,
    DONE,
    /** Somebody else is at it. */
    BUSY
}
