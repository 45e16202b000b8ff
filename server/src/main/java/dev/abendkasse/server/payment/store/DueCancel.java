package dev.abendkasse.server.payment.store;

import dev.abendkasse.server.shared.PaymentId;
import org.jspecify.annotations.Nullable;

/**
 * A payment that the provider is to be told to cancel.
 *
 * @param fence the try; whoever has an older one must not say it is done
 */
public record DueCancel(PaymentId payment, @Nullable String reference, int fence) {}
