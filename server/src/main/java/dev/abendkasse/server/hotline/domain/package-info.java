@NullMarked
package dev.abendkasse.server.hotline.domain;

import org.jspecify.annotations.NullMarked;
