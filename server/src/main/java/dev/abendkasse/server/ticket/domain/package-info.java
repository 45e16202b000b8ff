@NullMarked
package dev.abendkasse.server.ticket.domain;

import org.jspecify.annotations.NullMarked;
