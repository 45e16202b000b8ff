package dev.abendkasse.server.payment.stripe;

import dev.abendkasse.server.payment.Notification;
import org.jspecify.annotations.Nullable;

/**
 * An event of Stripe's.
 *
 * @param notification what it tells of a payment; null if it is of no concern here
 */
record StripeEvent(String id, @Nullable Notification notification) {}
