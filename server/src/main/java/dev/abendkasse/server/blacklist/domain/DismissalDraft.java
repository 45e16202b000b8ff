package dev.abendkasse.server.blacklist.domain;

import java.util.UUID;

/**
 * Whom not to block, and why.
 *
 * @param version of the facts that were looked at
 * @param by who decides
 */
public record DismissalDraft(UUID suggestionId, long version, String note, String by) {}
