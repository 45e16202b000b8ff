@NullMarked
package dev.abendkasse.server.merge.domain;

import org.jspecify.annotations.NullMarked;
