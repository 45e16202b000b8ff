/** What is on sale: halls, events, performances, prices, seat maps, and the shop front ends that sell them. */
@ApplicationModule(allowedDependencies = {"audit", "database", "organiser", "security", "web"})
@NullMarked
package dev.abendkasse.server.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
