/** What buyers are written about their orders: whether a letter still holds, and what it says. */
@ApplicationModule(allowedDependencies = {"database", "invoice", "mail", "outbox", "paymentlink", "ticket"})
@NullMarked
package dev.abendkasse.server.letters;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
