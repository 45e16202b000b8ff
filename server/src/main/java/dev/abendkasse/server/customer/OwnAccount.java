package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.Account;
import dev.abendkasse.server.customer.domain.AccountCommand.AskProof;
import dev.abendkasse.server.customer.domain.AccountCommand.ChangeEmail;
import dev.abendkasse.server.customer.domain.AccountCommand.ChangePassword;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.security.Passwords;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What customers who are signed in change of their accounts. */
@Service
public class OwnAccount {

    private final CustomerStore accounts;
    private final StoredHashes hashes;
    private final Passwords passwords;
    private final Sessions sessions;
    private final CustomerProperties properties;

    OwnAccount(
            CustomerStore accounts,
            StoredHashes hashes,
            Passwords passwords,
            Sessions sessions,
            CustomerProperties properties) {
        this.accounts = accounts;
        this.hashes = hashes;
        this.passwords = passwords;
        this.sessions = sessions;
        this.properties = properties;
    }

    /** Ends with {@code password-wrong} when the present password is another. */
    public Mono<SignedIn> changePassword(CustomerId customer, String present, String password) {
        return confirmed(customer, present)
                .zipWhen(_ -> passwords.hash(password))
                .flatMap(both -> accounts.execute(new ChangePassword(
                        customer.value(), both.getT1().passwordChangedAt(), both.getT2(), sessions.opening(password))))
                .flatMap(sessions::signedIn);
    }

    /** Mails a link to the new address, whoever may have it already. Ends with {@code password-wrong} as above. */
    public Mono<Void> changeEmail(CustomerId customer, String present, EmailAddress email) {
        return confirmed(customer, present)
                .flatMap(_ -> accounts.execute(new ChangeEmail(
                        customer.value(),
                        email.typed(),
                        email.canonical(),
                        CustomerProperties.seconds(properties.changeLink()))))
                .then();
    }

    public Mono<Void> requestProof(CustomerId customer) {
        return accounts.execute(new AskProof(customer.value(), CustomerProperties.seconds(properties.proofLink())))
                .then();
    }

    private Mono<Account> confirmed(CustomerId customer, String password) {
        return passwords
                .check(password, accounts.account(customer), hashes::textOf)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.PASSWORD_WRONG, Fault.at("#/currentPassword", "{fault.PasswordWrong}"))));
    }
}
