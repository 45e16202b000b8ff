/** Tickets: what buyers get of them, and the signed codes that gates read. */
@ApplicationModule(
        allowedDependencies = {"boxoffice", "database", "document", "order", "security", "signing", "threads", "web"})
@NullMarked
package dev.abendkasse.server.ticket;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
