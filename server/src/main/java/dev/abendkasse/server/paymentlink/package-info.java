/** Secret addresses under which one purchase can be paid without signing in. */
@ApplicationModule(allowedDependencies = {"credit", "database", "order", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.paymentlink;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
