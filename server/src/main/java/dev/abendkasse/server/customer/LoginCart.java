package dev.abendkasse.server.customer;

import java.util.UUID;

/** The cart that somebody who signs in is in the middle of. */
public record LoginCart(UUID cartId, String token) {}
