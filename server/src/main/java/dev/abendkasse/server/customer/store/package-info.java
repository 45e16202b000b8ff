@NullMarked
package dev.abendkasse.server.customer.store;

import org.jspecify.annotations.NullMarked;
