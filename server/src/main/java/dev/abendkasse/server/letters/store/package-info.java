/** What letters are about, read from the database. */
@NullMarked
package dev.abendkasse.server.letters.store;

import org.jspecify.annotations.NullMarked;
