@NullMarked
package dev.abendkasse.server.privacy.domain;

import org.jspecify.annotations.NullMarked;
