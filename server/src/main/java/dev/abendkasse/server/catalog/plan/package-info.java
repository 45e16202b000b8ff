/** Reads halls from documents in pretix's public seating-plan format. */
@NullMarked
package dev.abendkasse.server.catalog.plan;

import org.jspecify.annotations.NullMarked;
