/** Orders: what carts become, and what can happen to them. */
@ApplicationModule(allowedDependencies = {"cart", "database", "payment", "secret", "web"})
@NullMarked
package dev.abendkasse.server.order;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
