/** Enters what staff do, in the transaction in which they do it, into a chain that shows tampering. */
@ApplicationModule(allowedDependencies = {"database"})
@NullMarked
package dev.abendkasse.server.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
