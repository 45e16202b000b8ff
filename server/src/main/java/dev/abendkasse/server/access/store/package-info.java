@NullMarked
package dev.abendkasse.server.access.store;

import org.jspecify.annotations.NullMarked;
