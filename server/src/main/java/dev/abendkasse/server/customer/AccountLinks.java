package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.AccountCommand.ConfirmEmail;
import dev.abendkasse.server.customer.domain.AccountCommand.RevertEmail;
import dev.abendkasse.server.customer.domain.AccountCommand.SetPassword;
import dev.abendkasse.server.customer.domain.AccountResult;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.secret.LinkTokens;
import dev.abendkasse.server.security.Passwords;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Redeems the links of mails about accounts. One that does not work, for whatever reason, ends with {@code account-link-gone}. */
@Service
public class AccountLinks {

    static final String PURPOSE = "account-link";

    private final CustomerStore accounts;
    private final LinkTokens tokens;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Customers customers;
    private final CustomerProperties properties;

    AccountLinks(
            CustomerStore accounts,
            LinkTokens tokens,
            Passwords passwords,
            Sessions sessions,
            Customers customers,
            CustomerProperties properties) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.sessions = sessions;
        this.customers = customers;
        this.properties = properties;
    }

    /** Which link a token is of, whether or not that still works; empty when it was not made here. */
    public Optional<UUID> linkOf(String token) {
        return tokens.read(PURPOSE, token);
    }

    /**
     * Of a reset or a claim. Nothing is hashed for a token that was not made here.
     *
     * @param cart theirs afterwards, if the link works
     */
    public Mono<SignedIn> setPassword(String token, String password, @Nullable LoginCart cart) {
        return named(token)
                .flatMap(link -> passwords
                        .hash(password)
                        .map(hash -> new SetPassword(link, hash, sessions.opening(password), sessions.reference(cart))))
                .flatMap(accounts::execute)
                .flatMap(sessions::signedIn);
    }

    /** Proves the mailbox; of a change of address, makes the new one current. */
    public Mono<Void> confirmEmail(String token) {
        return named(token)
                .flatMap(link -> matchKey(link)
                        .map(key -> new ConfirmEmail(link, key, CustomerProperties.seconds(properties.revertLink()))))
                .flatMap(accounts::execute)
                .flatMap(AccountLinks::done);
    }

    /** Makes a former address current again and ends the password. */
    public Mono<Void> revertEmail(String token) {
        return named(token)
                .flatMap(link -> matchKey(link)
                        .map(key -> new RevertEmail(link, key, CustomerProperties.seconds(properties.claimLink()))))
                .flatMap(accounts::execute)
                .flatMap(AccountLinks::done);
    }

    private Mono<UUID> named(String token) {
        return Mono.justOrEmpty(linkOf(token)).switchIfEmpty(Mono.error(AccountLinks::gone));
    }

    /** The key by which its address is compared. */
    private Mono<String> matchKey(UUID link) {
        return accounts.addressOf(link).map(customers::hexMatchKey).switchIfEmpty(Mono.error(AccountLinks::gone));
    }

    private static Mono<Void> done(AccountResult result) {
        return result instanceof AccountResult.Refused(var problem)
                ? Mono.error(new ProblemException(problem))
                : Mono.empty();
    }

    private static ProblemException gone() {
        return new ProblemException(ProblemType.ACCOUNT_LINK_GONE);
    }
}
