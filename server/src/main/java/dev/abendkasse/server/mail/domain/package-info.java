/** What the mailbox holds. */
@NullMarked
package dev.abendkasse.server.mail.domain;

import org.jspecify.annotations.NullMarked;
