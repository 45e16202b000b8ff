@NullMarked
package dev.abendkasse.server.credit.domain;

import org.jspecify.annotations.NullMarked;
