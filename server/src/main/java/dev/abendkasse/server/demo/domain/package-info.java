/** What the demonstration consists of. */
@NullMarked
package dev.abendkasse.server.demo.domain;

import org.jspecify.annotations.NullMarked;
