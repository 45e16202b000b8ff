/** Hashes of passwords: today's, and a closed list of those that other shops and systems have made. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.abendkasse.server.passwords;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
