@NullMarked
package dev.abendkasse.server.security.store;

import org.jspecify.annotations.NullMarked;
