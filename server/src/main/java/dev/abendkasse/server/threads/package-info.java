/** Threads for work that would stop an event loop. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.abendkasse.server.threads;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
