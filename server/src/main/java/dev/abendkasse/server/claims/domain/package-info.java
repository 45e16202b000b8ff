@NullMarked
package dev.abendkasse.server.claims.domain;

import org.jspecify.annotations.NullMarked;
