/** Customers as staff on the phone find them: what state their login is in, and what to do next. */
@ApplicationModule(allowedDependencies = {"audit", "customer", "database", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.hotline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
