@NullMarked
package dev.abendkasse.server.customer.web;

import org.jspecify.annotations.NullMarked;
