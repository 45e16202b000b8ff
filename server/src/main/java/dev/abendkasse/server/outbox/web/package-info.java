/** The outbox as staff see it. */
@NullMarked
package dev.abendkasse.server.outbox.web;

import org.jspecify.annotations.NullMarked;
