/** The gate: letting people in once, with and without a network. */
@ApplicationModule(allowedDependencies = {"database", "security", "ticket", "web"})
@NullMarked
package dev.abendkasse.server.gate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
