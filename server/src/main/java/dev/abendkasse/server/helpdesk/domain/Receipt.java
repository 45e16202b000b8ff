package dev.abendkasse.server.helpdesk.domain;

import org.jspecify.annotations.Nullable;

/**
 * The help desk has an entry.
 *
 * @param ticket the case's there, if it says which
 * @param remoteId what it calls the entry; null where what we write does not come back
 * @param remoteUser who we are there
 */
public record Receipt(
        DeskCase.@Nullable Ticket ticket,
        @Nullable String remoteId,
        @Nullable String remoteUser) {

    /** It has it, and says nothing of it. */
    public static final Receipt PLAIN = new Receipt(null, null, null);
}
