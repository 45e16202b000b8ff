@NullMarked
package dev.abendkasse.server.purchases.store;

import org.jspecify.annotations.NullMarked;
