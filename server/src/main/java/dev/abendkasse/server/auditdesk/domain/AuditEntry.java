package dev.abendkasse.server.auditdesk.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param by who did it; null when that was erased
 * @param details as JSON, in the form that was digested; null when they were erased
 */
public record AuditEntry(
        long seq,
        Instant at,
        @Nullable String by,
        String action,
        @Nullable String subject,
        @Nullable String details,
        String previousHash,
        String hash) {}
