/** Changes of performances, without any framework. */
@NullMarked
package dev.abendkasse.server.changes.domain;

import org.jspecify.annotations.NullMarked;
