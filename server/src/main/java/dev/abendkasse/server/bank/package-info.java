/** Money that comes in by bank transfer: booked by staff, one by one or from statements of the account. */
@ApplicationModule(allowedDependencies = {"csv", "database", "security", "web"})
@NullMarked
package dev.abendkasse.server.bank;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
