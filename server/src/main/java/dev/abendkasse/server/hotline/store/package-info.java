@NullMarked
package dev.abendkasse.server.hotline.store;

import org.jspecify.annotations.NullMarked;
