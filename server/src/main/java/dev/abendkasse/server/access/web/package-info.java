@NullMarked
package dev.abendkasse.server.access.web;

import org.jspecify.annotations.NullMarked;
