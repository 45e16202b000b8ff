/** A programme to try things with, for installations that have none yet. */
@ApplicationModule(allowedDependencies = "catalog")
@NullMarked
package dev.abendkasse.server.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
