/** The contract's operations on changes of performances. */
@NullMarked
package dev.abendkasse.server.changes.web;

import org.jspecify.annotations.NullMarked;
