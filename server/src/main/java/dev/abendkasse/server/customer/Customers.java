package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.EmailAddress;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What other modules may know about customers. */
@Component
public class Customers {

    private final CustomerStore store;
    private final PersonKeys persons;

    Customers(CustomerStore store, PersonKeys persons) {
        this.store = store;
        this.persons = persons;
    }

    public Mono<Profile> byId(CustomerId customer) {
        return store.profile(customer);
    }

    /** What stands for an address wherever people are only compared; says nothing to who has not the installation's key. */
    public byte[] matchKey(EmailAddress address) {
        return persons.hashOf(address);
    }

    /** The same in hex, as command functions take it. */
    String hexMatchKey(EmailAddress address) {
        return HexFormat.of().formatHex(matchKey(address));
    }
}
