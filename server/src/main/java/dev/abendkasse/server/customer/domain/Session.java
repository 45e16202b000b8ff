package dev.abendkasse.server.customer.domain;

import java.util.UUID;

/**
 * A session of a customer.
 *
 * @param generation which renewal it is, from 1 on
 * @param advised whether the customer should choose another password
 * @param secondsLeft until it ends if it is not renewed before
 */
public record Session(UUID sessionId, UUID customerId, long generation, boolean advised, long secondsLeft) {}
