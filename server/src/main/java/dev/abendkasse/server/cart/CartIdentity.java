package dev.abendkasse.server.cart;

import java.util.UUID;

/**
 * What a new cart is known by.
 *
 * @param tokenHash hex of the hash of its secret
 */
public record CartIdentity(UUID cartId, String tokenHash, String pickupCode) {}
