@NullMarked
package dev.abendkasse.server.security.web;

import org.jspecify.annotations.NullMarked;
