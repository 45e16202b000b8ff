@NullMarked
package dev.abendkasse.server.credit.web;

import org.jspecify.annotations.NullMarked;
