/** The customers of a former shop: wrapping their weak hashes, how many have come over, and when their passwords stop working. */
@ApplicationModule(allowedDependencies = {"audit", "database", "passwords", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.relaunch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
