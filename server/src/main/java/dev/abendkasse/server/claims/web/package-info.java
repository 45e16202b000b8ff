@NullMarked
package dev.abendkasse.server.claims.web;

import org.jspecify.annotations.NullMarked;
