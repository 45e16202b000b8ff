/** Invoices of orders on account, what corrects them, and what is still owed on them. */
@ApplicationModule(allowedDependencies = {"audit", "database", "document", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.invoice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
