@NullMarked
package dev.abendkasse.server.privacy.store;

import org.jspecify.annotations.NullMarked;
