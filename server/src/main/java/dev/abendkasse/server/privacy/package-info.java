/** What is held about a person, for themselves, and taking them out of all of it. */
@ApplicationModule(allowedDependencies = {"database", "organiser", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
