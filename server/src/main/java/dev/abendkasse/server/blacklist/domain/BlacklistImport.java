package dev.abendkasse.server.blacklist.domain;

/**
 * What came of a file, or would.
 *
 * @param rows how many it has below its first one
 * @param known whose person is blocked already for the same reason
 * @param passedOver of entries that were lifted or have ended
 */
public record BlacklistImport(boolean dryRun, int rows, int added, int known, int passedOver) {}
