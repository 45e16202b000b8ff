/** What the organiser changes about a performance after sales began: cancelling it, postponing it, and all that follows. */
@ApplicationModule(allowedDependencies = {"database", "outbox", "security", "web"})
@NullMarked
package dev.abendkasse.server.changes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
