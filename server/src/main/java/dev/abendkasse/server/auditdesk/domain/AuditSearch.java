package dev.abendkasse.server.auditdesk.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null: whatever it is.
 *
 * @param action what the action's name begins with
 * @param before only entries with smaller numbers
 */
public record AuditSearch(
        @Nullable String by,
        @Nullable String action,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Long before) {}
