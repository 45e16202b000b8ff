/** Why buyers were sent to the overview, and telling a person what is held about them. For staff only. */
@ApplicationModule(allowedDependencies = {"audit", "cart", "database", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.redirects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
