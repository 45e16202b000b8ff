@NullMarked
package dev.abendkasse.server.order.web;

import org.jspecify.annotations.NullMarked;
