/** Messages that are signed as Standard Webhooks wants it, with secrets that both sides have. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.abendkasse.server.standardwebhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
