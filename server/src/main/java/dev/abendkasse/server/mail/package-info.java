/** Writes mails from templates and sends them, or keeps them in a mailbox while no mail server is set. Knows nothing of orders. */
@ApplicationModule(allowedDependencies = {"database", "outbox", "sandbox"})
@NullMarked
package dev.abendkasse.server.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
