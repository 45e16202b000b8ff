@NullMarked
package dev.abendkasse.server.redirects.store;

import org.jspecify.annotations.NullMarked;
