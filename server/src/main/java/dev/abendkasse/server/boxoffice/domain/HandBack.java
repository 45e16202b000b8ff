package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;

/**
 * Gives a purchase back to its customer.
 *
 * @param pickupCode for a cart whose own one has been given to another meanwhile
 */
public record HandBack(UUID orderId, long fence, String pickupCode, Actor actor, Idempotency repeat) {}
