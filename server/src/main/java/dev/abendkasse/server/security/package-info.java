/** Who may call what: tokens, passwords, staff accounts and API clients, and the contract's rules. */
@ApplicationModule(allowedDependencies = {"database", "passwords", "secret", "signing", "threads", "web"})
@NullMarked
package dev.abendkasse.server.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
