@NullMarked
package dev.abendkasse.server.redirects.domain;

import org.jspecify.annotations.NullMarked;
