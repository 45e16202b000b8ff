package dev.abendkasse.server.shared;

import java.util.UUID;

/**
 * One order of many to which something could not be done; the others were not held up.
 *
 * @param error what the database said
 */
public record OrderFailure(UUID orderId, String error) {}
