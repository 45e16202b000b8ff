@NullMarked
package dev.abendkasse.server.order.domain;

import org.jspecify.annotations.NullMarked;
