/** The sandbox's own tables. */
@NullMarked
package dev.abendkasse.server.sandbox.store;

import org.jspecify.annotations.NullMarked;
