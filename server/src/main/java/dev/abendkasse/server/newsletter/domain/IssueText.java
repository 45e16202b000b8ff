package dev.abendkasse.server.newsletter.domain;

/**
 * What an issue says in one language.
 *
 * @param body Markdown
 */
public record IssueText(String subject, String body) {}
