/** The mailbox's page. */
@NullMarked
package dev.abendkasse.server.mail.web;

import org.jspecify.annotations.NullMarked;
