package dev.abendkasse.server.merge.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;

/**
 * A merge that somebody has seen a preview of. The names of the components are those that the database reads.
 *
 * @param survivorId who stays
 * @param loserId whose account becomes a part of the other
 * @param digest of the preview
 */
public record MergeCommand(
        UUID survivorId, UUID loserId, String digest, String reason, String by, Idempotency repeat) {}
