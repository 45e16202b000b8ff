package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.Account;
import dev.abendkasse.server.customer.domain.AccountCommand.OpenSession;
import dev.abendkasse.server.customer.domain.AccountResult;
import dev.abendkasse.server.customer.domain.LoginFacts;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.security.Passwords;
import dev.abendkasse.server.shared.LoginName;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Signs customers in. Whatever the account is, or if there is none, a password is hashed, and only then it is looked at whether the
 * account lets anybody in; every failure is the same, and posts the same.
 */
@Service
public class SignIn {

    private final CustomerStore accounts;
    private final StoredHashes hashes;
    private final Passwords passwords;
    private final Sessions sessions;
    private final WaysIn waysIn;

    SignIn(CustomerStore accounts, StoredHashes hashes, Passwords passwords, Sessions sessions, WaysIn waysIn) {
        this.accounts = accounts;
        this.hashes = hashes;
        this.passwords = passwords;
        this.sessions = sessions;
        this.waysIn = waysIn;
    }

    /**
     * Ends with {@code login-failed} for whatever reason, or with {@code sign-in-not-open} for everybody.
     *
     * @param typed the current address, or a user name of the former shop
     * @param cart theirs afterwards, whether or not it is
     */
    public Mono<SignedIn> login(String typed, String password, @Nullable LoginCart cart) {
        var name = LoginName.of(typed);
        var account = accounts.loginFacts(name).flatMap(SignIn::open);
        return passwords
                .check(password, account, hashes::textOf, hashes::renew)
                .flatMap(own -> openSession(own, password, cart))
                .switchIfEmpty(Mono.defer(() -> waysIn.afterFailure(name))
                        .then(Mono.error(() -> new ProblemException(ProblemType.LOGIN_FAILED))));
    }

    /** Empty when the account lets nobody in, or has another password by now. */
    private Mono<SignedIn> openSession(Account account, String password, @Nullable LoginCart cart) {
        return accounts.execute(new OpenSession(
                        account.id().value(),
                        account.passwordChangedAt(),
                        sessions.opening(password),
                        sessions.reference(cart)))
                .filter(AccountResult.Opened.class::isInstance)
                .flatMap(sessions::signedIn);
    }

    private static Mono<Account> open(LoginFacts facts) {
        return facts.open()
                ? Mono.justOrEmpty(facts.account())
                : Mono.error(new ProblemException(ProblemType.SIGN_IN_NOT_OPEN));
    }
}
