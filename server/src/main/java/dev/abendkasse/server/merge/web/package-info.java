@NullMarked
package dev.abendkasse.server.merge.web;

import org.jspecify.annotations.NullMarked;
