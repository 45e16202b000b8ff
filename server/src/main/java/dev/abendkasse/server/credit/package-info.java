/** How much customers may owe, and owe now. */
@ApplicationModule(allowedDependencies = {"audit", "database", "security", "web"})
@NullMarked
package dev.abendkasse.server.credit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
