package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.AccountCommand.Register;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.security.Passwords;
import java.util.Locale;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Opens accounts, doing the same work whether or not an account is there. */
@Service
public class Registrations {

    private final CustomerStore accounts;
    private final Customers customers;
    private final Passwords passwords;
    private final CustomerProperties properties;

    Registrations(CustomerStore accounts, Customers customers, Passwords passwords, CustomerProperties properties) {
        this.accounts = accounts;
        this.customers = customers;
        this.passwords = passwords;
        this.properties = properties;
    }

    /**
     * Leaves an account that is there as it is, and does not say so to whoever asks; its mailbox hears of it.
     *
     * @param language of mails about the account
     */
    public Mono<Void> register(Registration registration, Locale language) {
        return passwords
                .hash(registration.password())
                .map(hash -> toCommand(registration, hash, language))
                .flatMap(accounts::execute)
                .then();
    }

    private Register toCommand(Registration registration, String hash, Locale language) {
        var email = registration.email();
        return new Register(
                email.typed(),
                email.canonical(),
                customers.hexMatchKey(email),
                registration.name(),
                registration.phone(),
                hash,
                language.getLanguage(),
                CustomerProperties.seconds(properties.proofLink()),
                CustomerProperties.seconds(properties.claimLink()));
    }
}
