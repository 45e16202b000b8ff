package dev.abendkasse.server.paymentlink;

import java.util.UUID;

/**
 * A payment link that is about to be made.
 *
 * @param tokenHash hex of the hash of its secret
 */
public record LinkIdentity(UUID linkId, String tokenHash) {}
