/** The incident table. */
@NullMarked
package dev.abendkasse.server.incidents.store;

import org.jspecify.annotations.NullMarked;
