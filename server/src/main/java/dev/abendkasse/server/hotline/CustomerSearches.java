package dev.abendkasse.server.hotline;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.hotline.domain.CustomerFile;
import dev.abendkasse.server.hotline.domain.CustomerHit;
import dev.abendkasse.server.hotline.domain.CustomerSearch;
import dev.abendkasse.server.hotline.domain.FoundCustomers;
import dev.abendkasse.server.hotline.store.HotlineStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.CustomerId;
import java.util.Map;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Finds customers for staff. That somebody looks is written down. */
@Service
public class CustomerSearches {

    private final HotlineStore customers;
    private final PersonKeys persons;
    private final Audit audit;

    CustomerSearches(HotlineStore customers, PersonKeys persons, Audit audit) {
        this.customers = customers;
        this.persons = persons;
        this.audit = audit;
    }

    /** One more than is asked for, if there is one more. Written down is who was found, not what was typed. */
    public Mono<FoundCustomers> find(CustomerSearch search) {
        return audit.noted(
                customers.search(search),
                found -> AuditNote.of(
                        search.by(),
                        "customer.search",
                        null,
                        Map.of(
                                "found",
                                found.hits().stream()
                                        .map(CustomerHit::customerId)
                                        .toList())));
    }

    /** Empty when there is no such customer. */
    public Mono<CustomerFile> open(CustomerId customer, String by) {
        return audit.noted(
                customers.find(customer.value()), file -> AuditNote.of(by, "customer.read", file.customerId()));
    }

    /** What an address is compared by. */
    public String keyOf(String email) {
        return persons.keyOf(email);
    }
}
