@NullMarked
package dev.abendkasse.server.live.web;

import org.jspecify.annotations.NullMarked;
