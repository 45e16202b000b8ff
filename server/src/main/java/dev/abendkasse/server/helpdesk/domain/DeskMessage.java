package dev.abendkasse.server.helpdesk.domain;

import org.jspecify.annotations.Nullable;

/**
 * Something that was written in a ticket. The names of the components are those that the database's functions read. Its case is known
 * by its number or by its ticket's id.
 *
 * @param messageId the help desk's own name for it
 * @param user who wrote it, if what we write comes back as well
 */
public record DeskMessage(
        String helpDesk,
        String messageId,
        @Nullable String caseNumber,
        @Nullable String ticketId,
        @Nullable String ticketNumber,
        @Nullable String author,
        @Nullable String user,
        String text) {

    /** What a case can show. */
    private static final int MAX_TEXT = 10_000;

    private static final int MAX_AUTHOR = 200;

    public DeskMessage {
        author = author == null ? null : cut(author, MAX_AUTHOR);
        text = cut(text, MAX_TEXT);
    }

    /** Never in the middle of a character. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
