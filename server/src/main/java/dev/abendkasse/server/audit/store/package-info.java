@NullMarked
package dev.abendkasse.server.audit.store;

import org.jspecify.annotations.NullMarked;
