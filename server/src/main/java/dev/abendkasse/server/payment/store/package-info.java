/** The payment tables. */
@NullMarked
package dev.abendkasse.server.payment.store;

import org.jspecify.annotations.NullMarked;
