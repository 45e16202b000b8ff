@NullMarked
package dev.abendkasse.server.paymentlink.domain;

import org.jspecify.annotations.NullMarked;
