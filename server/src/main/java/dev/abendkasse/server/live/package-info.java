/** What shops see as it happens: events in the database become streams of server-sent events on every replica. */
@ApplicationModule(allowedDependencies = {"database", "secret", "web"})
@NullMarked
package dev.abendkasse.server.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
