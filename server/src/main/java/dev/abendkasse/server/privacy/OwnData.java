package dev.abendkasse.server.privacy;

import dev.abendkasse.server.privacy.domain.ErasureCommand;
import dev.abendkasse.server.privacy.domain.ErasureResult;
import dev.abendkasse.server.privacy.domain.PasswordOwner;
import dev.abendkasse.server.privacy.store.PrivacyStore;
import dev.abendkasse.server.security.Passwords;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What customers do with their own data, once they have shown by their password that it is them. */
@Service
public class OwnData {

    private final PrivacyStore store;
    private final Passwords passwords;

    OwnData(PrivacyStore store, Passwords passwords) {
        this.store = store;
        this.passwords = passwords;
    }

    /** Empty when the password is another. */
    public Mono<PersonalData> export(CustomerId customer, String password) {
        return proven(customer, password).flatMap(_ -> store.export(customer.value()));
    }

    public Mono<ErasureResult> erase(CustomerId customer, String password) {
        return proven(customer, password)
                .flatMap(owner -> store.erase(new ErasureCommand.Own(customer.value(), owner.passwordChangedAt())))
                .defaultIfEmpty(new ErasureResult.Refused(ProblemType.PASSWORD_WRONG, List.of()));
    }

    private Mono<PasswordOwner> proven(CustomerId customer, String password) {
        return passwords.check(password, store.owner(customer.value()), PasswordOwner::passwordHash);
    }
}
