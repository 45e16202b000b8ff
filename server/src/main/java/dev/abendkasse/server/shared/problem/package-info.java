/** What a caller can do wrong, and what an answer then says. */
@NullMarked
package dev.abendkasse.server.shared.problem;

import org.jspecify.annotations.NullMarked;
