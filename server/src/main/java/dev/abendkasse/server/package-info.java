@NullMarked
package dev.abendkasse.server;

import org.jspecify.annotations.NullMarked;
