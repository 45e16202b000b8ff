@NullMarked
package dev.abendkasse.server.cart.web;

import org.jspecify.annotations.NullMarked;
