package dev.abendkasse.server.credit;

import dev.abendkasse.server.credit.domain.CreditAccount;
import dev.abendkasse.server.credit.domain.CreditResult;
import dev.abendkasse.server.credit.domain.NewLimit;
import dev.abendkasse.server.credit.store.CreditStore;
import dev.abendkasse.server.shared.CustomerId;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Shows and sets how much customers may owe. */
@Service
public class CreditService {

    private final CreditStore accounts;

    CreditService(CreditStore accounts) {
        this.accounts = accounts;
    }

    /** Empty when there is no such customer. */
    public Mono<CreditAccount> find(CustomerId customer) {
        return accounts.find(customer.value());
    }

    public Mono<CreditResult> set(NewLimit limit) {
        return accounts.set(limit);
    }
}
