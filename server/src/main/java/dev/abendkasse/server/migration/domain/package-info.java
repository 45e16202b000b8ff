@NullMarked
package dev.abendkasse.server.migration.domain;

import org.jspecify.annotations.NullMarked;
