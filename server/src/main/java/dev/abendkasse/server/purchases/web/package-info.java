@NullMarked
package dev.abendkasse.server.purchases.web;

import org.jspecify.annotations.NullMarked;
