package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail of an issue that is about to leave.
 *
 * @param stopped its issue is stopped: look again later
 * @param page where the front end lets people say no
 */
public record IssueMailFacts(
        boolean stopped,
        @Nullable Instant now,
        @Nullable String email,
        @Nullable String name,
        @Nullable String language,
        @Nullable Map<String, IssueText> contents,
        @Nullable String sender,
        @Nullable String page) {}
