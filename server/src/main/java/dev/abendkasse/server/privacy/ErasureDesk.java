package dev.abendkasse.server.privacy;

import dev.abendkasse.server.privacy.domain.ErasureCommand;
import dev.abendkasse.server.privacy.domain.ErasureResult;
import dev.abendkasse.server.privacy.store.PrivacyStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.CustomerId;
import java.util.Locale;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Erases persons who have asked the office for it. */
@Service
public class ErasureDesk {

    private final PrivacyStore store;
    private final PersonKeys persons;

    ErasureDesk(PrivacyStore store, PersonKeys persons) {
        this.store = store;
        this.persons = persons;
    }

    public Mono<ErasureResult> erase(CustomerId customer, String reason, String by) {
        return store.erase(new ErasureCommand.ByStaff(customer.value(), reason, by));
    }

    /** @param proof how they have shown that the mailbox is theirs */
    public Mono<ErasureResult> eraseGuest(String email, String proof, String reason, String by) {
        return store.erase(
                new ErasureCommand.Guest(email.toLowerCase(Locale.ROOT), persons.keyOf(email), reason, proof, by));
    }
}
