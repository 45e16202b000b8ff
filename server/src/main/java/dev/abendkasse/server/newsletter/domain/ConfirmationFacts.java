package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;

/** What the mail with a confirmation link speaks of. */
public record ConfirmationFacts(
        Instant now, String language, String name, String email, String sender, String page, String wording) {}
