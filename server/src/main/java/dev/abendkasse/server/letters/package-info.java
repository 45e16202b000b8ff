/** What buyers are written about their orders and cases: whether a letter still holds, and what it says. */
@ApplicationModule(allowedDependencies = {"cases", "database", "invoice", "mail", "outbox", "paymentlink", "ticket"})
@NullMarked
package dev.abendkasse.server.letters;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
