/** What staff see of the outbox. */
@NullMarked
package dev.abendkasse.server.outbox.domain;

import org.jspecify.annotations.NullMarked;
