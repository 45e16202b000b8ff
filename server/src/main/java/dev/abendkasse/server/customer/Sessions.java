package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.AccountCommand.CartRef;
import dev.abendkasse.server.customer.domain.AccountCommand.NewSession;
import dev.abendkasse.server.customer.domain.AccountCommand.RenewSession;
import dev.abendkasse.server.customer.domain.AccountCommand.RevokeSessions;
import dev.abendkasse.server.customer.domain.AccountResult;
import dev.abendkasse.server.customer.domain.Session;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.security.Tokens;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Customers who are signed in: staying so, and ending it. */
@Service
public class Sessions {

    /** What today's rules ask for; a password of the former shop may be shorter. */
    private static final int LEAST_CHARACTERS = 8;

    private final CustomerStore accounts;
    private final SessionTokens refreshTokens;
    private final Tokens tokens;
    private final Secrets secrets;
    private final CustomerProperties properties;

    Sessions(
            CustomerStore accounts,
            SessionTokens refreshTokens,
            Tokens tokens,
            Secrets secrets,
            CustomerProperties properties) {
        this.accounts = accounts;
        this.refreshTokens = refreshTokens;
        this.tokens = tokens;
        this.secrets = secrets;
        this.properties = properties;
    }

    /** Which session a refresh token is of, whether or not that is over; empty when it was not made here. */
    public Optional<UUID> sessionOf(String refreshToken) {
        return refreshTokens.read(refreshToken).map(SessionTokens.Renewal::sessionId);
    }

    /** Ends with {@code session-over}; a token that was used before ends the session. */
    public Mono<SignedIn> renew(String refreshToken) {
        return Mono.justOrEmpty(refreshTokens.read(refreshToken))
                .map(renewal -> new RenewSession(
                        renewal.sessionId(),
                        renewal.generation(),
                        CustomerProperties.seconds(properties.sessionIdle()),
                        CustomerProperties.seconds(properties.sessionMost()),
                        CustomerProperties.seconds(properties.renewalGrace())))
                .flatMap(accounts::execute)
                .flatMap(this::signedIn)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.SESSION_OVER)));
    }

    /** Ends the session of a refresh token, whichever generation of it; what is no token ends nothing. */
    public Mono<Void> end(String refreshToken) {
        return Mono.justOrEmpty(refreshTokens.read(refreshToken))
                .flatMap(renewal -> accounts.endSession(renewal.sessionId()));
    }

    public Mono<Void> endAll(CustomerId customer) {
        return accounts.execute(new RevokeSessions(customer.value())).then();
    }

    @Nullable
    CartRef reference(@Nullable LoginCart cart) {
        return cart == null ? null : cart.reference(secrets);
    }

    /** A session to be, for whoever signs in with this password. */
    NewSession opening(String password) {
        return new NewSession(
                UUID.randomUUID(),
                CustomerProperties.seconds(properties.sessionIdle()),
                properties.sessionsEach(),
                password.codePointCount(0, password.length()) < LEAST_CHARACTERS);
    }

    /** @throws ProblemException if it was refused */
    Mono<SignedIn> signedIn(AccountResult result) {
        return switch (result) {
            case AccountResult.Opened(var session) -> tokens(session);
            case AccountResult.Done _ -> throw new IllegalStateException("No session was opened");
            case AccountResult.Refused(var problem) -> Mono.error(new ProblemException(problem));
        };
    }

    private Mono<SignedIn> tokens(Session session) {
        return tokens.forCustomer(new CustomerId(session.customerId()), session.sessionId())
                .map(access ->
                        new SignedIn(access, refreshTokens.tokenOf(session), session.secondsLeft(), session.advised()));
    }
}
