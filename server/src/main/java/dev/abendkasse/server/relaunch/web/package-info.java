@NullMarked
package dev.abendkasse.server.relaunch.web;

import org.jspecify.annotations.NullMarked;
