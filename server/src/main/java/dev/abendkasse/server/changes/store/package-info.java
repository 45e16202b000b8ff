/** Changes of performances in the database. */
@NullMarked
package dev.abendkasse.server.changes.store;

import org.jspecify.annotations.NullMarked;
