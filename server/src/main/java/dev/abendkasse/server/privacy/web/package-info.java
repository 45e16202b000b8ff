@NullMarked
package dev.abendkasse.server.privacy.web;

import org.jspecify.annotations.NullMarked;
