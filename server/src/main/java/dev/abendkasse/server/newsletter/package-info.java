/** The newsletter: consent with its proof, issues and who gets them, and what comes back. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "csv",
            "database",
            "mail",
            "outbox",
            "secret",
            "security",
            "standardwebhooks",
            "web"
        })
@NullMarked
package dev.abendkasse.server.newsletter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
