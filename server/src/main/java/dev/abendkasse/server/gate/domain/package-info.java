@NullMarked
package dev.abendkasse.server.gate.domain;

import org.jspecify.annotations.NullMarked;
