@NullMarked
package dev.abendkasse.server.live.store;

import org.jspecify.annotations.NullMarked;
