@NullMarked
package dev.abendkasse.server.migration.csv;

import org.jspecify.annotations.NullMarked;
