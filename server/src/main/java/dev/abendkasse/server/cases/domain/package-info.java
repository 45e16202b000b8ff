@NullMarked
package dev.abendkasse.server.cases.domain;

import org.jspecify.annotations.NullMarked;
