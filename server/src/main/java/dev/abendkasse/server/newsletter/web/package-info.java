/** The edge of the newsletter. */
@NullMarked
package dev.abendkasse.server.newsletter.web;

import org.jspecify.annotations.NullMarked;
