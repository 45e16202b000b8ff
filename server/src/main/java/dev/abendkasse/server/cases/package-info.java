/** Matters that people decide: the queue, the decisions, and what their customers see of them. */
@ApplicationModule(allowedDependencies = {"audit", "credit", "database", "paymentlink", "secret", "security", "web"})
@NullMarked
package dev.abendkasse.server.cases;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
