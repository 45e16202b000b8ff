/** Claim links for all customers of former shops who wait for one, at a pace. */
@ApplicationModule(allowedDependencies = {"database", "security", "web"})
@NullMarked
package dev.abendkasse.server.claims;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
