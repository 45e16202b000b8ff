package dev.abendkasse.server.helpdesk.domain;

/**
 * An entry in words.
 *
 * @param title the ticket's
 * @param summary what the case is about
 * @param news what has happened; the same as the summary where it was opened
 */
public record DeskText(String title, String summary, String news) {}
