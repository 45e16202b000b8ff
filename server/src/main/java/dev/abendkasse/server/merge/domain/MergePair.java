package dev.abendkasse.server.merge.domain;

import java.util.UUID;

/**
 * Two accounts of one person. The names of the components are those that the database reads.
 *
 * @param by who looks
 */
public record MergePair(UUID survivorId, UUID loserId, String by) {}
