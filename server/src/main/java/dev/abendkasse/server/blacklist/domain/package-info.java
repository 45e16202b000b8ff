@NullMarked
package dev.abendkasse.server.blacklist.domain;

import org.jspecify.annotations.NullMarked;
