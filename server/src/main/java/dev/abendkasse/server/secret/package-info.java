/** The installation's key: secrets of carts and orders, keyed hashes, encryption at rest. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.abendkasse.server.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
