@NullMarked
package dev.abendkasse.server.relaunch.store;

import org.jspecify.annotations.NullMarked;
