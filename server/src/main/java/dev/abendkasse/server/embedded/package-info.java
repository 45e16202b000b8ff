/** The PostgreSQL that starts when none is configured. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.abendkasse.server.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
