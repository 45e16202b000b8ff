/** Times during which a service that checkout needs could not be reached, and when they are over. */
@ApplicationModule(allowedDependencies = {"cases", "database", "payment", "security", "web"})
@NullMarked
package dev.abendkasse.server.incidents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
