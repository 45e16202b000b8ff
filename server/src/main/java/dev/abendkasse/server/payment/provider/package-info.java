/** How we speak to the payment provider. */
@NullMarked
package dev.abendkasse.server.payment.provider;

import org.jspecify.annotations.NullMarked;
