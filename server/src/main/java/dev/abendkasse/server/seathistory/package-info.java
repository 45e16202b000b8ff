/** Who has held a seat, and why it is not free. */
@ApplicationModule(allowedDependencies = {"database", "security", "web"})
@NullMarked
package dev.abendkasse.server.seathistory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
