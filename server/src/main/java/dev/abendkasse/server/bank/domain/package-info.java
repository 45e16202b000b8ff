@NullMarked
package dev.abendkasse.server.bank.domain;

import org.jspecify.annotations.NullMarked;
