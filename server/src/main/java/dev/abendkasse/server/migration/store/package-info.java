@NullMarked
package dev.abendkasse.server.migration.store;

import org.jspecify.annotations.NullMarked;
