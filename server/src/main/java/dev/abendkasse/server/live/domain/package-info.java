@NullMarked
package dev.abendkasse.server.live.domain;

import org.jspecify.annotations.NullMarked;
