@NullMarked
package dev.abendkasse.server.merge.store;

import org.jspecify.annotations.NullMarked;
