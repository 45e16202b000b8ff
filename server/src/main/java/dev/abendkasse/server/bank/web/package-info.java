@NullMarked
package dev.abendkasse.server.bank.web;

import org.jspecify.annotations.NullMarked;
