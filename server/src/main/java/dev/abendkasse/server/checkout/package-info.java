/** Completing a purchase: facts, decision, outcome. */
@ApplicationModule(allowedDependencies = {"credit", "database", "order", "payment", "secret", "web"})
@NullMarked
package dev.abendkasse.server.checkout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
