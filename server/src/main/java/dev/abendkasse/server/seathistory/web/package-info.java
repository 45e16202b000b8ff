@NullMarked
package dev.abendkasse.server.seathistory.web;

import org.jspecify.annotations.NullMarked;
