package dev.abendkasse.server.newsletter.domain;

/** Why somebody is not sent an issue. */
public enum Obstacle {
    NO_CONSENT,
    WITHDRAWN,
    LOCKED,
    CANNOT_LOG_IN,
    MERGED,
    ERASED,
    ADDRESS_NOT_PROVEN,
    BOUNCED,
    /** The mail server did not take it. */
    REFUSED,
    /** The issue was cancelled. */
    CANCELLED,
    /** Staff have decided that a mail which could not leave need not. */
    DISMISSED
}
