/** Value types that every module speaks. */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.abendkasse.server.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
