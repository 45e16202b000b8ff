/** Attempts to pay, the port to the payment provider, and what the provider says. */
@ApplicationModule(allowedDependencies = {"database", "outbox", "sandbox", "secret", "standardwebhooks", "web"})
@NullMarked
package dev.abendkasse.server.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
