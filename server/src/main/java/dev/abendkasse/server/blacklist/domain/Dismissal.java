package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody's decision not to block a person.
 *
 * @param facts how many it was decided on
 */
public record Dismissal(UUID suggestionId, int facts, String note, String dismissedBy, Instant dismissedAt) {}
