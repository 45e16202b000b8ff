package dev.abendkasse.server.order;

import java.util.UUID;

/**
 * An order that is about to be made.
 *
 * @param tokenHash hex of the hash of its secret
 */
public record OrderIdentity(UUID orderId, String tokenHash) {}
