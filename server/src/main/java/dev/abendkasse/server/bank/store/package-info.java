@NullMarked
package dev.abendkasse.server.bank.store;

import org.jspecify.annotations.NullMarked;
