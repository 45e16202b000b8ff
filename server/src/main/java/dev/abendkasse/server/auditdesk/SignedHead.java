package dev.abendkasse.server.auditdesk;

import dev.abendkasse.server.auditdesk.domain.ChainHead;

/**
 * The end of the chain, and who says so.
 *
 * @param text a compact JWS
 */
public record SignedHead(ChainHead head, String text) {}
