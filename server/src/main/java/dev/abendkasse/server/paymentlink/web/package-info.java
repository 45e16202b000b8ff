@NullMarked
package dev.abendkasse.server.paymentlink.web;

import org.jspecify.annotations.NullMarked;
