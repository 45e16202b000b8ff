/** The catalog's operations. */
@NullMarked
package dev.abendkasse.server.catalog.web;

import org.jspecify.annotations.NullMarked;
