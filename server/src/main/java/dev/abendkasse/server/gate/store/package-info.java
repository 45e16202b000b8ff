@NullMarked
package dev.abendkasse.server.gate.store;

import org.jspecify.annotations.NullMarked;
