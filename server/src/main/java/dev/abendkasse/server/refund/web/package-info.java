/** The contract's operations on refunds. */
@NullMarked
package dev.abendkasse.server.refund.web;

import org.jspecify.annotations.NullMarked;
