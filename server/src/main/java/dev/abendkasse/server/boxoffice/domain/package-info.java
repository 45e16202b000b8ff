@NullMarked
package dev.abendkasse.server.boxoffice.domain;

import org.jspecify.annotations.NullMarked;
