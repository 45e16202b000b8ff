@NullMarked
package dev.abendkasse.server.ticket.web;

import org.jspecify.annotations.NullMarked;
