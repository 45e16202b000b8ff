@NullMarked
package dev.abendkasse.server.cases.store;

import org.jspecify.annotations.NullMarked;
