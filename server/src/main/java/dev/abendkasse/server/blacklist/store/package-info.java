@NullMarked
package dev.abendkasse.server.blacklist.store;

import org.jspecify.annotations.NullMarked;
