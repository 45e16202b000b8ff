/** Customers of former shops: importing them, and the day on which they come. */
@ApplicationModule(allowedDependencies = {"audit", "database", "passwords", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.migration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
