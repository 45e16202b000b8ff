@NullMarked
package dev.abendkasse.server.customer.domain;

import org.jspecify.annotations.NullMarked;
