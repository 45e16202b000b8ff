package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.newsletter.domain.CustomerStanding;
import dev.abendkasse.server.newsletter.domain.Wording;
import dev.abendkasse.server.newsletter.store.ConsentStore;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What staff see and do of customers' subscriptions, and the words that customers say yes to. */
@Service
public class SubscriptionDesk {

    private final ConsentStore consents;

    SubscriptionDesk(ConsentStore consents) {
        this.consents = consents;
    }

    /** Empty when there is no such customer. */
    public Mono<CustomerStanding> of(UUID customerId) {
        return consents.of(customerId);
    }

    /** For a customer who asks for it. Empty when there is no such customer. */
    public Mono<CustomerStanding> withdraw(UUID customerId, String reason, String by) {
        return consents.withdrawFor(customerId, reason, by);
    }

    /** The newest first. */
    public Mono<List<Wording>> wordings() {
        return consents.wordings().collectList();
    }

    public Mono<Wording> reword(String textDe, String textEn, String by) {
        return consents.reword(textDe, textEn, by);
    }
}
