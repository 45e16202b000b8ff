@NullMarked
package dev.abendkasse.server.boxoffice.web;

import org.jspecify.annotations.NullMarked;
