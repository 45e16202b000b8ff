package dev.abendkasse.server.customer.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is done with accounts; the members are those of the functions in R__3_sessions.sql and R__4_accounts.sql. */
public sealed interface AccountCommand {

    /** A cart, and the hex hash of its secret. */
    record CartRef(UUID cartId, String tokenHash) {}

    /** A session to be, and how long it lasts unused. */
    record NewSession(UUID sessionId, double idleSeconds, int mostSessions, boolean advised) {}

    record Register(
            String email,
            String canonical,
            String matchKey,
            String name,
            @Nullable String phone,
            String passwordHash,
            String language,
            double proofSeconds,
            double claimSeconds)
            implements AccountCommand {}

    /** @param passwordChangedAt as it was when the password was checked */
    record OpenSession(
            UUID customerId,
            @Nullable Instant passwordChangedAt,
            NewSession session,
            @Nullable CartRef cart) implements AccountCommand {}

    record RenewSession(UUID sessionId, long generation, double idleSeconds, double mostSeconds, double graceSeconds)
            implements AccountCommand {}

    record SetPassword(
            UUID linkId,
            String passwordHash,
            NewSession session,
            @Nullable CartRef cart) implements AccountCommand {}

    record ChangePassword(UUID customerId, @Nullable Instant passwordChangedAt, String passwordHash, NewSession session)
            implements AccountCommand {}

    record ChangeEmail(UUID customerId, String email, String canonical, double changeSeconds)
            implements AccountCommand {}

    record ConfirmEmail(UUID linkId, String matchKey, double revertSeconds) implements AccountCommand {}

    record RevertEmail(UUID linkId, String matchKey, double claimSeconds) implements AccountCommand {}

    record AskProof(UUID customerId, double proofSeconds) implements AccountCommand {}

    record RevokeSessions(UUID customerId) implements AccountCommand {}

    /** @param asked whether they asked for it, rather than failed to sign in */
    record HelpIn(String login, boolean asked, double claimSeconds, double resetSeconds) implements AccountCommand {}
}
