/** How stores call the database's command functions. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.abendkasse.server.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
