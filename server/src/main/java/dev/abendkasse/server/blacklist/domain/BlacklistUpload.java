package dev.abendkasse.server.blacklist.domain;

import dev.abendkasse.server.shared.Idempotency;

/**
 * How a file is taken in.
 *
 * @param dryRun whether only to say what would be added
 * @param orders what becomes of orders that somebody would have to decide on
 * @param by who takes it in
 */
public record BlacklistUpload(boolean dryRun, OrderDecision.Decision orders, String by, Idempotency repeat) {}
