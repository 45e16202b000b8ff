/** The audit as it is looked at, checked, signed and kept outside the database. */
@ApplicationModule(allowedDependencies = {"audit", "database", "security", "signing", "web"})
@NullMarked
package dev.abendkasse.server.auditdesk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
