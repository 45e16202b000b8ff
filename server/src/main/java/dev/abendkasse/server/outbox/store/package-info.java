/** The outbox's table. */
@NullMarked
package dev.abendkasse.server.outbox.store;

import org.jspecify.annotations.NullMarked;
