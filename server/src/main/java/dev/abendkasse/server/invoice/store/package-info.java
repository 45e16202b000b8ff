@NullMarked
package dev.abendkasse.server.invoice.store;

import org.jspecify.annotations.NullMarked;
