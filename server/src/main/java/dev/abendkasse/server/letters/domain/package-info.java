/** Letters and the facts that they are about. */
@NullMarked
package dev.abendkasse.server.letters.domain;

import org.jspecify.annotations.NullMarked;
