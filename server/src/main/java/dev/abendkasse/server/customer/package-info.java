/** Customers' accounts: registering, signing in, and what is mailed about them. */
@ApplicationModule(allowedDependencies = {"database", "mail", "outbox", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.customer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
