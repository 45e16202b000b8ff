@NullMarked
package dev.abendkasse.server.migration.web;

import org.jspecify.annotations.NullMarked;
