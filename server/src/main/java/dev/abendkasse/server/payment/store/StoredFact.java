package dev.abendkasse.server.payment.store;

/**
 * A fact that was stored just now.
 *
 * @param paymentKnown whether it speaks of one of our payments
 */
public record StoredFact(long factId, boolean paymentKnown) {}
