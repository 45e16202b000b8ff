/** Refunds in the database. */
@NullMarked
package dev.abendkasse.server.refund.store;

import org.jspecify.annotations.NullMarked;
