/** What issues are written in. */
@NullMarked
package dev.abendkasse.server.newsletter.markup;

import org.jspecify.annotations.NullMarked;
