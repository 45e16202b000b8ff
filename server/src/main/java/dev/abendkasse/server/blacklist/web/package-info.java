@NullMarked
package dev.abendkasse.server.blacklist.web;

import org.jspecify.annotations.NullMarked;
