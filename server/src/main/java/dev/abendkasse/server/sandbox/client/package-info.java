/** How the sandbox tells the shop. */
@NullMarked
package dev.abendkasse.server.sandbox.client;

import org.jspecify.annotations.NullMarked;
