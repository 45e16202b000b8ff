@NullMarked
package dev.abendkasse.server.seathistory.store;

import org.jspecify.annotations.NullMarked;
