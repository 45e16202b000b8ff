/** Finding carts and orders for the box office. */
@ApplicationModule(allowedDependencies = {"audit", "database", "security", "web"})
@NullMarked
package dev.abendkasse.server.purchases;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
