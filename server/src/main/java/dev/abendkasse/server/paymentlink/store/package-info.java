@NullMarked
package dev.abendkasse.server.paymentlink.store;

import org.jspecify.annotations.NullMarked;
