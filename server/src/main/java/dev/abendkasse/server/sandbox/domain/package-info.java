/** What a payment in the sandbox is and what can happen to it. */
@NullMarked
package dev.abendkasse.server.sandbox.domain;

import org.jspecify.annotations.NullMarked;
