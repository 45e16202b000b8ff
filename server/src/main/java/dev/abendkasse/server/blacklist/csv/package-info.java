@NullMarked
package dev.abendkasse.server.blacklist.csv;

import org.jspecify.annotations.NullMarked;
