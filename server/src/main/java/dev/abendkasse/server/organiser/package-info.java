/** Who sells: what stands on invoices and where transfers go. */
@ApplicationModule(allowedDependencies = "database")
@NullMarked
package dev.abendkasse.server.organiser;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
