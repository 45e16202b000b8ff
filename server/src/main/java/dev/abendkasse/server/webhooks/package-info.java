/** Endpoints of partners and of the organiser that are told what happens to orders and performances. */
@ApplicationModule(
        allowedDependencies = {"audit", "database", "outbox", "secret", "security", "standardwebhooks", "web"})
@NullMarked
package dev.abendkasse.server.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
