/** Turns templates into documents for people: PDF, with QR codes. */
@ApplicationModule(allowedDependencies = {"threads"})
@NullMarked
package dev.abendkasse.server.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
