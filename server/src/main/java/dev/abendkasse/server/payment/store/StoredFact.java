package dev.abendkasse.server.payment.store;

import dev.abendkasse.server.shared.PaymentId;
import org.jspecify.annotations.Nullable;

/**
 * A fact that was stored just now.
 *
 * @param payment of ours that it speaks of; null if there is none
 */
public record StoredFact(long factId, @Nullable PaymentId payment) {}
