/** The catalog's tables. */
@NullMarked
package dev.abendkasse.server.catalog.store;

import org.jspecify.annotations.NullMarked;
