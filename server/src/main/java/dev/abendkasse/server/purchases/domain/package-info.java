@NullMarked
package dev.abendkasse.server.purchases.domain;

import org.jspecify.annotations.NullMarked;
