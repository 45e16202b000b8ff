/**
 * A stand-in for a payment provider: a server of its own in this process, with its own books and its own payment page. It
 * is no part of the contract.
 */
@ApplicationModule(allowedDependencies = {"database", "secret"})
@NullMarked
package dev.abendkasse.server.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
