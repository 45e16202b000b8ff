@NullMarked
package dev.abendkasse.server.cart.domain;

import org.jspecify.annotations.NullMarked;
