/** Reversible, reasoned blocks on persons. Nothing of it is ever told to anyone but staff. */
@ApplicationModule(allowedDependencies = {"audit", "csv", "database", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.blacklist;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
