package dev.abendkasse.server.security;

import dev.abendkasse.server.security.domain.StaffAccount;
import dev.abendkasse.server.security.store.AccountStore;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The accounts of the organiser's own staff. */
@Component
public class StaffAccounts {

    static final String FIRST = "admin";

    private static final Set<String> ALL_SCOPES = Set.of("admin", "back-office", "box-office", "gate");

    private final AccountStore store;
    private final Passwords passwords;

    StaffAccounts(AccountStore store, Passwords passwords) {
        this.store = store;
        this.passwords = passwords;
    }

    /** False when the name is taken. */
    public Mono<Boolean> create(String userName, String password, Set<String> scopes) {
        return passwords.hash(password).flatMap(hash -> store.insert(userName, hash, scopes));
    }

    /** The account if the password is its own, which has the hash of the day from then on. */
    public Mono<StaffAccount> signIn(String userName, String password) {
        return passwords.check(password, account(userName), StaffAccount::passwordHash, store::renewPassword);
    }

    /** Since when the account has this password, if it is its own. */
    public Mono<Instant> prove(String userName, String password) {
        return passwords
                .check(password, account(userName), StaffAccount::passwordHash)
                .map(StaffAccount::passwordSetAt);
    }

    private Mono<StaffAccount> account(String userName) {
        return Mono.defer(() -> store.staff(userName.toLowerCase(Locale.ROOT)));
    }

    Mono<Boolean> exist() {
        return store.hasStaff();
    }

    /** Of replicas that start at once one makes it. */
    Mono<Boolean> createFirst(String password) {
        return create(FIRST, password, ALL_SCOPES);
    }

    /** Also lets it in again if it was locked, as an admin. Makes the account when it is not there. */
    Mono<Boolean> setFirstPassword(String password) {
        return passwords
                .hash(password)
                .flatMap(hash -> store.restore(FIRST, hash))
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.defer(() -> createFirst(password)));
    }
}
