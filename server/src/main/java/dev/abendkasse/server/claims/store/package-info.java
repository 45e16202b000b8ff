@NullMarked
package dev.abendkasse.server.claims.store;

import org.jspecify.annotations.NullMarked;
