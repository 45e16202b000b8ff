/** Keys to sign with, kept in the database for all replicas. */
@ApplicationModule(allowedDependencies = {"database", "secret"})
@NullMarked
package dev.abendkasse.server.signing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
