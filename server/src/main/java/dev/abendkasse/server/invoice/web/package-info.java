@NullMarked
package dev.abendkasse.server.invoice.web;

import org.jspecify.annotations.NullMarked;
