@NullMarked
package dev.abendkasse.server.hotline.web;

import org.jspecify.annotations.NullMarked;
