/** Carts and their holds. */
@ApplicationModule(allowedDependencies = {"database", "secret", "web"})
@NullMarked
package dev.abendkasse.server.cart;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
