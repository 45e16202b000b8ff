package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.Account;
import dev.abendkasse.server.customer.domain.NewAccount;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.security.IssuedToken;
import dev.abendkasse.server.security.Passwords;
import dev.abendkasse.server.security.Tokens;
import dev.abendkasse.server.shared.EmailAddress;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Registers customers and signs them in, doing the same work whether or not an account is there. */
@Service
public class AccountService {

    private final CustomerStore store;
    private final Customers customers;
    private final Passwords passwords;
    private final Tokens tokens;

    AccountService(CustomerStore store, Customers customers, Passwords passwords, Tokens tokens) {
        this.store = store;
        this.customers = customers;
        this.passwords = passwords;
        this.tokens = tokens;
    }

    /** Leaves an account that is there as it is, and does not say so. */
    public Mono<Void> register(Registration registration) {
        return passwords
                .hash(registration.password())
                .map(hash -> newAccount(registration, hash))
                .flatMap(store::insertUnlessKnown)
                .then();
    }

    /** Empty when address or password is wrong. */
    public Mono<IssuedToken> login(String email, String password) {
        var account = Mono.justOrEmpty(EmailAddress.parse(email))
                .map(EmailAddress::canonical)
                .flatMap(store::account);
        return passwords
                .check(password, account, Account::passwordHash, store::renewPassword)
                .map(Account::id)
                .flatMap(tokens::forCustomer);
    }

    private NewAccount newAccount(Registration registration, String hash) {
        var email = registration.email();
        return new NewAccount(
                email.typed(),
                email.canonical(),
                customers.matchKey(email),
                registration.name(),
                registration.phone(),
                hash);
    }
}
