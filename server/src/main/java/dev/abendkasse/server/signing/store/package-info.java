@NullMarked
package dev.abendkasse.server.signing.store;

import org.jspecify.annotations.NullMarked;
