/** Accounts of staff and of programs, and what partners may sell, as admins set it up. */
@ApplicationModule(allowedDependencies = {"database", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
