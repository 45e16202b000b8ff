@NullMarked
package dev.abendkasse.server.incidents.domain;

import org.jspecify.annotations.NullMarked;
