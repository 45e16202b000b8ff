/** Stripe as the payment provider. */
@NullMarked
package dev.abendkasse.server.payment.stripe;

import org.jspecify.annotations.NullMarked;
