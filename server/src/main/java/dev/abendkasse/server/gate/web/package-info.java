@NullMarked
package dev.abendkasse.server.gate.web;

import org.jspecify.annotations.NullMarked;
