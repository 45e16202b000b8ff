/** Customers' accounts: registering and signing in. */
@ApplicationModule(allowedDependencies = {"secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.customer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
