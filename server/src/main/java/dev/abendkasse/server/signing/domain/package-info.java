@NullMarked
package dev.abendkasse.server.signing.domain;

import org.jspecify.annotations.NullMarked;
