/** Mail servers, and what their answers mean. */
@NullMarked
package dev.abendkasse.server.mail.smtp;

import org.jspecify.annotations.NullMarked;
