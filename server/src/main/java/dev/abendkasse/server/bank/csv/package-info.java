@NullMarked
package dev.abendkasse.server.bank.csv;

import org.jspecify.annotations.NullMarked;
