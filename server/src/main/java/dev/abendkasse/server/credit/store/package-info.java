@NullMarked
package dev.abendkasse.server.credit.store;

import org.jspecify.annotations.NullMarked;
