/** The sandbox's server and its payment page. */
@NullMarked
package dev.abendkasse.server.sandbox.web;

import org.jspecify.annotations.NullMarked;
