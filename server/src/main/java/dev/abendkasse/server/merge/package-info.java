/** One customer of two accounts: what was owed, blocked and said yes to goes along. */
@ApplicationModule(allowedDependencies = {"database", "security", "web"})
@NullMarked
package dev.abendkasse.server.merge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
