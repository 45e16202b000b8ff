@NullMarked
package dev.abendkasse.server.invoice.domain;

import org.jspecify.annotations.NullMarked;
