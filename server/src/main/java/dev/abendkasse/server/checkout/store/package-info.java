@NullMarked
package dev.abendkasse.server.checkout.store;

import org.jspecify.annotations.NullMarked;
