@NullMarked
package dev.abendkasse.server.relaunch.domain;

import org.jspecify.annotations.NullMarked;
