/** The SQL of the newsletter. */
@NullMarked
package dev.abendkasse.server.newsletter.store;

import org.jspecify.annotations.NullMarked;
