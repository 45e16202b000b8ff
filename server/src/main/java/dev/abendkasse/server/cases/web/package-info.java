@NullMarked
package dev.abendkasse.server.cases.web;

import org.jspecify.annotations.NullMarked;
