/** What every web edge needs: problems, limits, detached commands, answer slots. */
@ApplicationModule(allowedDependencies = "database")
@NullMarked
package dev.abendkasse.server.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
