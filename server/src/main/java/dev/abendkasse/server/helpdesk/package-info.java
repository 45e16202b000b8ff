/** The company's help desk: a ticket for every case, what is said about it on both sides. */
@ApplicationModule(allowedDependencies = {"database", "outbox", "standardwebhooks", "web"})
@NullMarked
package dev.abendkasse.server.helpdesk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
