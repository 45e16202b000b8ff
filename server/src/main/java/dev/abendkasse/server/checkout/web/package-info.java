@NullMarked
package dev.abendkasse.server.checkout.web;

import org.jspecify.annotations.NullMarked;
