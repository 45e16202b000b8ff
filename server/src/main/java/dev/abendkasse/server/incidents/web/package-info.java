/** Incidents as staff see them. */
@NullMarked
package dev.abendkasse.server.incidents.web;

import org.jspecify.annotations.NullMarked;
