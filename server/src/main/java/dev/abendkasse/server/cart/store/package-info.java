@NullMarked
package dev.abendkasse.server.cart.store;

import org.jspecify.annotations.NullMarked;
