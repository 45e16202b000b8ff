/** Matters that people decide: their numbers and the queue. */
@ApplicationModule(allowedDependencies = {"database", "web"})
@NullMarked
package dev.abendkasse.server.cases;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
