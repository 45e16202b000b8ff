/** Where the provider's notifications come in. */
@NullMarked
package dev.abendkasse.server.payment.web;

import org.jspecify.annotations.NullMarked;
