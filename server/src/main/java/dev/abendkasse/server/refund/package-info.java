/** Tickets that are given back, and the money that goes back for them. */
@ApplicationModule(allowedDependencies = {"database", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.refund;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
