@NullMarked
package dev.abendkasse.server.redirects.web;

import org.jspecify.annotations.NullMarked;
