@NullMarked
package dev.abendkasse.server.order.store;

import org.jspecify.annotations.NullMarked;
