@NullMarked
package dev.abendkasse.server.access.domain;

import org.jspecify.annotations.NullMarked;
