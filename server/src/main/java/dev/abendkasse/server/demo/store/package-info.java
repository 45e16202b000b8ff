/** How replicas agree on who sets the demonstration up. */
@NullMarked
package dev.abendkasse.server.demo.store;

import org.jspecify.annotations.NullMarked;
