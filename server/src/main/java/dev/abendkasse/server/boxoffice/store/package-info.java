@NullMarked
package dev.abendkasse.server.boxoffice.store;

import org.jspecify.annotations.NullMarked;
