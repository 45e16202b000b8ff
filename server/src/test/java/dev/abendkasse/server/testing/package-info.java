/** What tests share: a real database for each of them, and whole servers on it. */
@NullMarked
package dev.abendkasse.server.testing;

import org.jspecify.annotations.NullMarked;
