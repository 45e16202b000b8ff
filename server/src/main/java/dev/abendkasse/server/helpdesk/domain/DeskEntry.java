package dev.abendkasse.server.helpdesk.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the help desk is to be told of a case. The names of the components are those that the database writes.
 *
 * @param entryId the same on every try
 * @param state the case's after it, as in the contract
 * @param again whether it was tried before and may have arrived
 * @param by who said or decided it; null where the customer or nobody did
 * @param messageKind of a message, as in the contract
 * @param text of a message
 */
public record DeskEntry(
        UUID entryId,
        Event event,
        String state,
        Instant at,
        boolean again,
        @Nullable String by,
        @Nullable String messageKind,
        @Nullable String text,
        DeskCase about) {

    public enum Event {
        OPENED,
        MESSAGE,
        ENDED,
        REOPENED
    }
}
