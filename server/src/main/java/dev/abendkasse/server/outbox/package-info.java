/** What must leave the system: posted in the transaction that decided it, sent at least once, given to people when it cannot be. */
@ApplicationModule(allowedDependencies = {"audit", "database", "security", "web"})
@NullMarked
package dev.abendkasse.server.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
