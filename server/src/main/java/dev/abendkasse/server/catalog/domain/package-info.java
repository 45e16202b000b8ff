/** What the catalog knows and decides, in plain Java. */
@NullMarked
package dev.abendkasse.server.catalog.domain;

import org.jspecify.annotations.NullMarked;
