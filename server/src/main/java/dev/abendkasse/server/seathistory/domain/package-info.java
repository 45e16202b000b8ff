@NullMarked
package dev.abendkasse.server.seathistory.domain;

import org.jspecify.annotations.NullMarked;
