/** CSV files that staff upload and download. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.abendkasse.server.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
