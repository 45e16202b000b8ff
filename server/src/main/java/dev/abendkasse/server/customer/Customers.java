package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.MatchKey;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What other modules may know about customers. */
@Component
public class Customers {

    private static final String MATCH_KEY = "match-key";

    private final CustomerStore store;
    private final Secrets secrets;

    Customers(CustomerStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    public Mono<Profile> byId(CustomerId customer) {
        return store.profile(customer);
    }

    /** The customer whose current address this is. */
    public Mono<CustomerId> byEmail(EmailAddress address) {
        return store.byCanonical(address.canonical());
    }

    /** The match keys of every address that the customer has or ever had. */
    public Flux<ByteBuffer> matchKeys(CustomerId customer) {
        return store.matchKeys(customer).map(key -> ByteBuffer.wrap(key).asReadOnlyBuffer());
    }

    /** What stands for an address wherever people are only compared; says nothing to who has not the installation's key. */
    public byte[] matchKey(EmailAddress address) {
        return secrets.keyedHash(MATCH_KEY, MatchKey.of(address));
    }
}
