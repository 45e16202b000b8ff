/** The mailbox in the database. */
@NullMarked
package dev.abendkasse.server.mail.store;

import org.jspecify.annotations.NullMarked;
