package dev.abendkasse.server.auditdesk.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain at some time.
 *
 * @param seq of the last entry; 0: there is none
 * @param hash the last entry's, in hexadecimal digits
 */
public record ChainHead(long seq, @Nullable Instant at, String hash) {}
