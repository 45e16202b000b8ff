/** What is said, sent and decided. */
@NullMarked
package dev.abendkasse.server.newsletter.domain;

import org.jspecify.annotations.NullMarked;
