package dev.abendkasse.server.redirects.domain;

/** Why an attempt ended at the overview. */
public enum RedirectReason {
    BLACKLISTED,
    PERFORMANCE_CANCELLED,
    EXPIRED,
    CLOSED,
    SEATS_LOST
}
