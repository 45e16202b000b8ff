@NullMarked
package dev.abendkasse.server.checkout.domain;

import org.jspecify.annotations.NullMarked;
