package dev.abendkasse.server.live.domain;

/** What can become of a cart other than by its buyer's own requests. */
public enum CartNews {
    CLOSED,
    CHECKED_OUT,
    HIJACK_WARNED,
    HIJACK_WITHDRAWN,
    HIJACKED,
    HANDED_BACK;

    /** Whether nothing can come after it. */
    public boolean isLast() {
        return this == CLOSED || this == CHECKED_OUT;
    }
}
