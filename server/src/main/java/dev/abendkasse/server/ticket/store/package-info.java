@NullMarked
package dev.abendkasse.server.ticket.store;

import org.jspecify.annotations.NullMarked;
