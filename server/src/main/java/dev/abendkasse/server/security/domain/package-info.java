@NullMarked
package dev.abendkasse.server.security.domain;

import org.jspecify.annotations.NullMarked;
